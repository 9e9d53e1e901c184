package adminview

import (
	"cmp"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// ReasonValue is a reason as the form's one list of reasons sends it: with the
// stage that it is for, because stages may share a reason's slug.
func ReasonValue(to interest.Stage, reason string) string {
	if reason == "" {
		return ""
	}
	return string(to) + "/" + reason
}

// ReasonOf takes the reason for a stage from what the form sends; "" when what
// was chosen is a reason for another stage, or nothing.
func ReasonOf(value string, to interest.Stage) string {
	reason, found := strings.CutPrefix(value, string(to)+"/")
	if !found {
		return ""
	}
	return reason
}

// Wrong reports whether one of the page's forms was not right.
func (v Expression) Wrong() bool { return len(v.errorItems()) > 0 }

// errorItems lists what is wrong with a form, each with a link to its field.
// Several forms of the page have a note or a date; an id stands once on a page.
func (v Expression) errorItems() []component.ErrorItem {
	items := errorItems(v.AssignErrors)
	items = append(items, errorItemsAt(v.MoveErrors, map[string]string{"note": "move-note"})...)
	items = append(items, errorItems(v.NoteErrors)...)
	items = append(items, errorItemsAt(v.AddressErrors, map[string]string{"note": "bounce-note"})...)
	items = append(items, errorItemsAt(v.AskErrors, askIDs)...)
	return append(items, errorItemsAt(v.HoldErrors, holdIDs)...)
}

// errorItemsAt are errorItems whose fields have ids that are not their names.
func errorItemsAt(errs validate.Errors, ids map[string]string) []component.ErrorItem {
	items := errorItems(errs)
	for i, one := range errs {
		items[i].Href = "#" + cmp.Or(ids[one.Field], one.Field)
	}
	return items
}

func row(key, value string) component.SummaryRow {
	return component.SummaryRow{Key: component.SummaryCell{Text: key}, Value: component.SummaryCell{Text: value}}
}

func htmlRow(key string, value templ.Component) component.SummaryRow {
	return component.SummaryRow{Key: component.SummaryCell{Text: key}, Value: component.SummaryCell{HTML: value}}
}

// caption names the person, whom staff know better than a reference.
func (v Expression) caption() string {
	if name := v.Case.Answers.Name; name != nil {
		return "Expression of interest from " + name.Full
	}
	return "Expression of interest"
}

// aside reports whether the case is set aside: it is not worked on until it is
// found to be from a person.
func (v Expression) aside() bool { return v.Case.SetAsideAt != nil }

// standRows say where the case stands.
func (v Expression) standRows() []component.SummaryRow {
	rows := []component.SummaryRow{htmlRow("Stage", stageTag(v.Case.Stage))}
	if v.Case.Reason != "" {
		rows = append(rows, row("Reason", interest.Label(v.Case.Stage.Info().Reasons, v.Case.Reason)))
	}
	rows = append(rows, row("In this stage since", v.moment(v.Case.StageSince)))
	rows = append(rows, v.turnRows()...)
	if !v.aside() {
		rows = append(rows, row("Assigned to", v.assignee()))
	}
	rows = append(rows, row("Received", v.moment(v.Case.ReceivedAt)))
	if v.Case.ImportRow > 0 {
		rows = append(rows, row("Came from", v.cameFrom()))
	}
	if v.Case.MailTrouble != "" {
		rows = append(rows, row("Email", troubleRow(v.Case.MailTrouble)))
	}
	if v.Case.EmailWanted != "" {
		rows = append(rows, row("New email address", "Wants mail at "+v.Case.EmailWanted+": not confirmed yet"))
	}
	return rows
}

// resultRows explain the days of updating as they were computed at sending.
func (v Expression) resultRows() []component.SummaryRow {
	var rows []component.SummaryRow
	if !v.Case.Result.Known() {
		return append(rows, row("Result", "Not known: an answer that the rules ask for was not given"))
	}
	for _, o := range v.Case.Result.Outcomes {
		key := "Result"
		if v.Case.Result.Straddles() {
			key = "If the day is " + o.From.Words() + " to " + o.To.Words()
		}
		rows = append(rows, row(key, outcome(o)))
	}
	if w := v.Case.Result.Window; !w.IsZero() {
		rows = append(rows, row("Must be done within", count(w.Months, "month")+" before applying to the regulator"))
	}
	return append(rows, row("Worked out on", v.Case.Answers.On.Words()), row("Version of the rules", v.Case.RuleVersion))
}

func outcome(o updating.Outcome) string {
	switch o.Kind {
	case updating.None:
		return "No updating is needed"
	case updating.Days:
		return count(o.Days, "day") + " (" + count(o.Hours, "hour") + "), of which at most " + count(o.PrivateCap, "day") + " of private study"
	case updating.RegulatorDecides:
		return "The regulator decides"
	default:
		return "Another route"
	}
}

// sectionTitles are the form's sections as staff read them.
var sectionTitles = map[string]string{
	interest.SectionSituation:    "Situation",
	interest.SectionAboutYou:     "Name and contact",
	interest.SectionRegistration: "Registration",
	interest.SectionExperience:   "Experience",
	interest.SectionLookingFor:   "What they are looking for",
	interest.SectionSend:         "Privacy",
}

// section is a part of the answers.
type section struct {
	Title string
	Rows  []component.SummaryRow
}

// sections are the answers under the headings of the form.
func (v Expression) sections() []section {
	var all []section
	for _, line := range interest.Lines(v.Case.Answers, v.Organisation) {
		title := sectionTitles[line.Section]
		if len(all) == 0 || all[len(all)-1].Title != title {
			all = append(all, section{Title: title})
		}
		last := &all[len(all)-1]
		answer := htmlRow(line.Question, lines(strings.Join(line.Answer, "\n")))
		answer.Actions = v.correctAction(line)
		last.Rows = append(last.Rows, answer)
	}
	return all
}

// correctAction leads to where staff correct an answer.
func (v Expression) correctAction(line interest.Line) component.Actions {
	if v.Nameless || v.aside() || !interest.Correctable(line.Step) {
		return component.Actions{}
	}
	return component.Actions{Items: []component.Action{{
		Text: "Correct", Href: CorrectURL(v.Case.Reference, line.Step), VisuallyHiddenText: line.Question,
	}}}
}

// wayLinks lead to parts of the page.
func (v Expression) wayLinks() []component.Link {
	if v.aside() {
		return []component.Link{{Text: "Timeline", Href: "#timeline"}}
	}
	links := []component.Link{{Text: "Assign", Href: "#assign"}, {Text: "Move to another stage", Href: "#move"}}
	if !v.Case.Stage.Info().Ends {
		links = append(links, component.Link{Text: "Ask or wait", Href: "#ask-or-wait"})
	}
	return append(links, component.Link{Text: "Add a note", Href: "#add-note"}, component.Link{Text: "Timeline", Href: "#timeline"})
}

// moveItems are the stages that the table allows next.
func (v Expression) moveItems() []component.Choice {
	var items []component.Choice
	for _, to := range interest.Moves(v.Case.Stage) {
		items = append(items, component.Choice{Value: string(to), Text: to.Name()})
	}
	if len(items) > 1 {
		items[0].Hint.Text = "The usual next step"
	}
	return items
}

// reasonItems are the reasons of the stages that need one, in one list: reasons
// that open below their stage would need roles that radio buttons cannot have.
func (v Expression) reasonItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Choose a reason"}}
	for _, to := range interest.Moves(v.Case.Stage) {
		for _, reason := range to.Info().Reasons {
			items = append(items, component.SelectItem{Value: ReasonValue(to, reason.Slug), Text: to.Name() + ": " + reason.Label})
		}
	}
	return items
}

// newest is the newest event of the case, by which a form knows what it saw.
func (v Expression) newest() int64 { return newestEvent(v.Case.Events) }

// since are the events that the form did not see.
func (v Expression) since() []interest.Event {
	var events []interest.Event
	for _, e := range v.Case.Events {
		if e.ID > v.Seen {
			events = append(events, e)
		}
	}
	return events
}

// what says what an event is.
func (v Expression) what(e interest.Event) string {
	switch e.Kind {
	case interest.EventTold:
		return "Message sent: " + interest.Label(interest.Templates(), e.Reason)
	case interest.EventAssigned:
		return v.handedOver(e)
	case interest.EventReceived:
		return "Received"
	case interest.EventImported:
		return "Imported from a spreadsheet"
	case interest.EventMoved:
		text := "Moved from “" + e.From.Name() + "” to “" + e.To.Name() + "”"
		if e.Reason != "" {
			text += ": " + interest.Label(e.To.Info().Reasons, e.Reason)
		}
		return text
	case interest.EventBounced:
		return "An email came back"
	case interest.EventReachable:
		return "The email address works again"
	case interest.EventReaddressed:
		return "Email address corrected"
	default:
		return turnWhat(e)
	}
}

// who says whose doing an event is.
func (v Expression) who(e interest.Event) string {
	switch e.ActorKind {
	case audit.Staff:
		return v.name(e.ActorID)
	case audit.Returner:
		return "the returner"
	default:
		return "the portal"
	}
}

// corrected says what an answer was and what it is.
func corrected(e interest.Event) string {
	switch {
	case e.Old == "":
		return "Not asked before. Now “" + e.New + "”"
	case e.New == "":
		return "Not asked any more. It was “" + e.Old + "”"
	}
	return "From “" + e.Old + "” to “" + e.New + "”"
}

func splitLines(text string) []string { return strings.Split(text, "\n") }

// stamp is a time as machines read it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
