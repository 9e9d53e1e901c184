package applyview

import (
	"slices"
	"strings"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// DoneField says in the query of the page what was just done.
const DoneField = "done"

// What was just done, as the address of the page has it.
const (
	DoneAnswered  = "answered"
	DoneDetails   = "details"
	DonePaused    = "paused"
	DoneGoingOn   = "going-on"
	DoneWithdrawn = "withdrawn"
	DoneCopy      = "copy"
	DoneConfirmed = "confirmed"
)

var doneWords = map[string]string{
	DoneAnswered:  "Your answer is sent",
	DoneDetails:   "Your contact details are saved",
	DonePaused:    "Your expression of interest is paused",
	DoneGoingOn:   "Your expression of interest goes on",
	DoneWithdrawn: "Your expression of interest is withdrawn",
	DoneCopy:      "We know that you want a copy of your data",
	DoneConfirmed: "Your email address is changed",
}

// TrackDoneURL is where a returner sees where their expression of interest
// stands, after they did something.
func TrackDoneURL(token, done string) string { return TrackURL(token) + "?" + DoneField + "=" + done }

// TrackPage is where a returner sees where their expression of interest stands,
// and what they can do.
type TrackPage struct {
	Frame        layout.Frame
	GoOnKey      string // of the form that ends a pause
	Token        string
	Done         string // what was just done; "" for nothing
	Case         interest.Case
	Details      faculty.Details
	Today        updating.Date
	Organisation func(slug string) string
}

const trackTitle = "Your expression of interest"

func (p TrackPage) frame() layout.Frame { return titled(p.Frame, trackTitle) }

// done says what was just done; "" for nothing.
func (p TrackPage) done() string { return doneWords[p.Done] }

// asked is what the returner still has to answer.
func (p TrackPage) asked() (interest.Request, bool) { return p.Case.Open() }

func (p TrackPage) ended() bool { return p.Case.Stage.Info().Ends }

// stands say what each stage is in plain words.
var stands = map[interest.Stage]string{
	interest.Received:          "We have your form. Somebody from the faculty reads it next.",
	interest.InReview:          "Somebody from the faculty is reading your form.",
	interest.Contacted:         "We have been in touch with you, to talk about what you need.",
	interest.FindingPlacement:  "We are looking for a placement where you can do your updating.",
	interest.Updating:          "You are doing your updating.",
	interest.AppliedToRegister: "You have applied to your regulator. Your regulator decides about your registration.",
	interest.Returned:          "You are back in practice. Congratulations, and thank you for coming back.",
	interest.Declined:          "We are not going on with your expression of interest.",
	interest.Withdrawn:         "Your expression of interest is withdrawn. If you change your mind, contact us and we can open it again.",
	interest.Closed:            "We closed your expression of interest. If you still want to return, contact us and we can open it again.",
}

func (p TrackPage) stands() string { return stands[p.Case.Stage] }

// turn says whose turn it is, and by when.
func (p TrackPage) turn() string {
	switch {
	case p.ended():
		return "Nobody has to do anything."
	case p.Case.Turn == interest.OnHold:
		return "It is paused until " + p.Case.HoldUntil.Words() + ". " + p.waits()
	case p.Case.Turn == interest.Returners:
		if asked, _ := p.asked(); !asked.AnswerBy.IsZero() {
			return "It is your turn. Answer our question by " + asked.AnswerBy.Words() + "."
		}
		return "It is your turn. Answer our question."
	case p.Case.Stage == interest.Updating || p.Case.Stage == interest.AppliedToRegister:
		return "Tell us when something changes, or if you need help. We ask how it goes from time to time."
	case p.Case.DueOn.IsZero():
		return "It is our turn. The faculty has not yet said by when it gets to this. You can ask us at any time."
	case p.Case.DueOn.Before(p.Today):
		return "It is our turn, and we are late: we wanted to get to it by " + p.Case.DueOn.Words() + ". We are sorry. You can ask us what keeps us."
	default:
		return "It is our turn. We want to get to it by " + p.Case.DueOn.Words() + "."
	}
}

// waits says why a case is on hold.
func (p TrackPage) waits() string {
	switch p.Case.HoldReason {
	case interest.ReturnerAsked:
		return "You asked us to wait."
	case "waiting-for-placement":
		return "We are waiting for a placement to come free."
	case "waiting-for-regulator":
		return "We are waiting for the regulator."
	}
	return "Contact us if you want to know why."
}

// wayPoint is a stage on the way back, and whether it is reached.
type wayPoint struct {
	Name string
	Tag  component.Tag
}

// way are the stages from the form to the return.
func (p TrackPage) way() []wayPoint {
	var points []wayPoint
	passed := true
	for _, info := range interest.Stages() {
		if info.Stage == interest.Declined {
			break
		}
		point := wayPoint{Name: info.Name}
		switch {
		case info.Stage == p.Case.Stage:
			point.Tag, passed = component.Tag{Text: "Now"}, false
		case passed:
			point.Tag = component.Tag{Text: "Done", Colour: "green"}
		default:
			point.Tag = component.Tag{Text: "Later", Colour: "grey"}
		}
		points = append(points, point)
	}
	return points
}

// happening is something that happened, as the returner may know it.
type happening struct {
	At   time.Time
	What string
	Said []string // what was written, in paragraphs
	Mail []string // what a mail said, behind its heading
}

// happened lists what happened, the newest first. What staff noted among
// themselves is not in it.
func (p TrackPage) happened() []happening {
	var list []happening
	for _, e := range p.Case.Events {
		if what := p.what(e); what != "" {
			list = append(list, happening{At: e.At, What: what, Said: p.said(e), Mail: p.told(e)})
		}
	}
	return list
}

// what says what an event was; "" where it is not the returner's to know.
func (p TrackPage) what(e interest.Event) string {
	yours := e.ActorKind == audit.Returner
	switch e.Kind {
	case interest.EventReceived:
		if p.Case.ImportRow > 0 {
			return "We received your expression of interest"
		}
		return "You sent your form"
	case interest.EventMoved:
		if yours {
			return "You withdrew"
		}
		return "Stage: " + e.To.Name()
	case interest.EventTold:
		return "We wrote to you"
	case interest.EventAsked:
		return "We asked you something"
	case interest.EventAnswered:
		return "You answered"
	case interest.EventTakenBack:
		return "You do not need to answer any more"
	case interest.EventCorrected:
		if e.Step == interest.StepResult {
			return "Your days of updating were worked out again"
		}
		if yours {
			return "You changed an answer: " + interest.QuestionOf(e.Step)
		}
		return "We corrected an answer: " + interest.QuestionOf(e.Step)
	case interest.EventHeld:
		if yours {
			return "You paused until " + e.Until.Words()
		}
		return "We paused until " + e.Until.Words()
	case interest.EventResumed:
		return "It goes on"
	case interest.EventReaddressed:
		return "Your email address was changed"
	case interest.EventCopyAsked:
		return "You asked for a copy of your data"
	case interest.EventCopyGiven:
		return "We gave you a copy of your data"
	}
	return ""
}

// said is what the returner was asked or wrote themselves. Other notes are the
// staff's.
func (p TrackPage) said(e interest.Event) []string {
	if e.Note != "" && (e.Kind == interest.EventAsked || e.ActorKind == audit.Returner) {
		return lines(e.Note)
	}
	return nil
}

// told is what the mail about an event said, once it was sent.
func (p TrackPage) told(e interest.Event) []string {
	switch message, has := e.Message(); {
	case e.Kind == interest.EventReceived && p.mailed(mail.ExpressionReceived, ""):
		return []string{"We have received your expression of interest. Your reference is " + p.Case.Reference + "."}
	case e.Kind == interest.EventMoved && has && p.mailed(mail.StageChanged, e.Occasion()):
		return message.Says
	case e.Kind == interest.EventTold && has && p.mailed(mail.Told, e.Occasion()):
		return message.Says
	}
	return nil
}

func (p TrackPage) mailed(kind mail.Kind, occasion string) bool {
	return slices.ContainsFunc(p.Case.Mails, func(m mail.Row) bool {
		return m.Kind == kind && m.Occasion == occasion && m.State == mail.Sent
	})
}

// sent are the answers as they are now.
func (p TrackPage) sent() []component.SummaryRow {
	var rows []component.SummaryRow
	for _, line := range interest.Lines(p.Case.Answers, p.Organisation) {
		rows = append(rows, component.SummaryRow{
			Key: component.SummaryCell{Text: line.Question}, Value: component.SummaryCell{HTML: answer(line.Answer)},
		})
	}
	return rows
}

// copyOwed says by when a copy of the data is owed; "" where none is.
func (p TrackPage) copyOwed() string {
	if p.Case.CopyAskedAt == nil {
		return ""
	}
	due := interest.CopyDue(*p.Case.CopyAskedAt)
	if due.Before(p.Today) {
		return "You asked for a copy of your data. We had to answer by " + due.Words() + ", and are late. We are sorry. Contact us, or complain to the Information Commissioner’s Office (ICO)."
	}
	return "You asked for a copy of your data. We answer by " + due.Words() + "."
}

// mayPause reports whether the returner may ask for time: not while the case
// waits for something else.
func (p TrackPage) mayPause() bool { return p.Case.Turn != interest.OnHold || p.paused() }

// day is a time as the day that it falls on.
func day(t time.Time) string { return workday.DayOf(t).Words() }

func isoDay(t time.Time) string { return workday.DayOf(t).String() }

// paused reports whether the returner can end the pause: one that they asked
// for themselves.
func (p TrackPage) paused() bool {
	return p.Case.Turn == interest.OnHold && p.Case.HoldReason == interest.ReturnerAsked
}

func (p TrackPage) pauseText() string {
	if p.paused() {
		return "Pause for longer or shorter"
	}
	return "Pause your expression of interest"
}

// lines are the lines of a text that somebody typed.
func lines(text string) []string { return strings.Split(text, "\n") }

// FindTrackPage asks for the email address of somebody who lost the link by
// which they follow their expression of interest.
type FindTrackPage struct {
	Frame   layout.Frame
	FormKey string
	Email   string
	Errors  validate.Errors
}

const (
	findTrackTitle = "See where your expression of interest stands"
	trackGoneTitle = "This link does not work any more"
)

func (p FindTrackPage) frame() layout.Frame {
	frame := backTo(p.Frame, findTrackTitle, GuideURL())
	frame.Errors = p.Errors.Any()
	return frame
}
