package subject

import (
	"strings"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/updating"
)

// File is everything as a file that a person can keep and a program can read.
// It names no member of staff.
type File struct {
	MadeAt     time.Time  `json:"madeAt"`
	Expression Expression `json:"expression"`
	Requests   []Request  `json:"requests"` // for more information, the newest first
	Timeline   []Event    `json:"timeline"`
	Mails      []Mail     `json:"mails"`
	Drafts     []Draft    `json:"drafts"`
	Enquiries  []Enquiry  `json:"enquiries"`
	Offers     []Offer    `json:"offers"`           // of supervised practice
	Others     []string   `json:"otherExpressions"` // references
}

// Expression is the expression of interest in the file.
type Expression struct {
	Reference      string          `json:"reference"`
	ReceivedAt     time.Time       `json:"receivedAt"`
	PrivacyVersion string          `json:"privacyNotice"` // the version that was read
	Stage          string          `json:"stage"`
	Reason         string          `json:"reason,omitempty"`
	StageSince     time.Time       `json:"stageSince"`
	Turn           string          `json:"turn"`
	HoldReason     string          `json:"onHoldBecause,omitempty"`
	HoldUntil      updating.Date   `json:"onHoldUntil,omitzero"`
	TurnSince      time.Time       `json:"turnSince"`
	MailTrouble    string          `json:"mailTrouble,omitempty"` // refused, bounced or missing, where mail does not arrive
	EmailWanted    string          `json:"emailNotConfirmed,omitempty"`
	SetAside       string          `json:"whySetAside,omitempty"`
	CopyAskedAt    *time.Time      `json:"copyAskedAt,omitempty"`
	ImportedFrom   *Origin         `json:"importedFrom,omitempty"`
	Answers        []Answer        `json:"answers"`
	Result         updating.Result `json:"result"`
}

// Origin is the spreadsheet that a case came from.
type Origin struct {
	File       string    `json:"file"`
	Row        int       `json:"row"` // as the spreadsheet counts it
	ImportedAt time.Time `json:"importedAt"`
}

// Answer is a question with its answer in words.
type Answer struct {
	Question string   `json:"question"`
	Answer   []string `json:"answer"`
}

// Request is what the person was asked, and what they answered.
type Request struct {
	AskedAt    time.Time     `json:"askedAt"`
	Message    string        `json:"message"`
	Questions  []string      `json:"questions"` // of the form, to be answered again
	AnswerBy   updating.Date `json:"answerBy,omitzero"`
	Unsent     []Answer      `json:"answersNotSent"` // to the questions, since they were asked
	Reply      string        `json:"reply,omitempty"`
	AnsweredAt *time.Time    `json:"answeredAt,omitempty"`
	EndedAt    *time.Time    `json:"endedAt,omitempty"` // without an answer
}

// Event is one line of a timeline.
type Event struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"` // the sender, the faculty or the portal
	What     string        `json:"what"`
	From     string        `json:"from,omitempty"`
	To       string        `json:"to,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	Question string        `json:"question,omitempty"` // whose answer was corrected
	Until    updating.Date `json:"until,omitzero"`     // of a hold, or by when an answer was asked for
	How      string        `json:"how,omitempty"`
	Note     string        `json:"note,omitempty"`
	Old      string        `json:"old,omitempty"`
	New      string        `json:"new,omitempty"`
	Told     string        `json:"told,omitempty"` // by email, in words written for this person
}

// Mail is a mail that was owed or sent: its text is not kept.
type Mail struct {
	Kind      string     `json:"kind"`
	State     string     `json:"state"`
	CreatedAt time.Time  `json:"createdAt"`
	SentAt    *time.Time `json:"sentAt,omitempty"`
}

// Draft is a form that was filled in.
type Draft struct {
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	SentAs    string    `json:"sentAs,omitempty"` // a reference
	Answers   []Answer  `json:"answers"`
}

// Enquiry is a message to the faculty.
type Enquiry struct {
	Reference  string        `json:"reference"`
	Kind       string        `json:"kind"`
	State      string        `json:"state"`
	ReceivedAt time.Time     `json:"receivedAt"`
	Due        updating.Date `json:"answerBy"`
	Name       string        `json:"name,omitempty"`
	Email      string        `json:"email,omitempty"`
	Phone      string        `json:"phone,omitempty"`
	Page       string        `json:"page,omitempty"`
	Message    string        `json:"message"`
	SetAside   string        `json:"whySetAside,omitempty"`
	Timeline   []Event       `json:"timeline"`
}

// Offer is an offer of supervised practice whose contact is the person.
type Offer struct {
	Reference    string    `json:"reference"`
	State        string    `json:"state"`
	ReceivedAt   time.Time `json:"receivedAt"`
	Organisation string    `json:"organisation"`
	Site         string    `json:"site"`
	Profession   string    `json:"profession"`
	From         string    `json:"from"` // a month in words
	Days         string    `json:"days"`
	Name         string    `json:"name"`
	Email        string    `json:"email"`
	Phone        string    `json:"phone,omitempty"`
	More         string    `json:"more,omitempty"`
	SetAside     string    `json:"whySetAside,omitempty"`
	Timeline     []Event   `json:"timeline"`
}

// File gives everything as a file. Organisation gives the name of an
// organisation's slug.
func (e Everything) File(organisation func(slug string) string) File {
	f := File{
		MadeAt: e.MadeAt, Expression: e.expression(organisation), Requests: e.requests(organisation), Timeline: timeline(e.Case.Timeline()),
		Mails: []Mail{}, Drafts: []Draft{}, Enquiries: []Enquiry{}, Offers: []Offer{}, Others: []string{},
	}
	for _, one := range e.Mails {
		f.Mails = append(f.Mails, Mail{Kind: string(one.Kind), State: one.State, CreatedAt: one.CreatedAt, SentAt: one.SentAt})
	}
	for _, one := range e.Drafts {
		f.Drafts = append(f.Drafts, Draft{
			CreatedAt: one.CreatedAt, UpdatedAt: one.UpdatedAt, ExpiresAt: one.ExpiresAt, SentAs: one.Reference,
			Answers: answers(one.Answers, organisation),
		})
	}
	for _, one := range e.Enquiries {
		f.Enquiries = append(f.Enquiries, enquiryOf(one))
	}
	for _, one := range e.Offers {
		f.Offers = append(f.Offers, offerOf(one))
	}
	f.Others = append(f.Others, e.Others...)
	return f
}

func (e Everything) expression(organisation func(slug string) string) Expression {
	c := e.Case
	var from *Origin
	if e.Origin != nil {
		from = &Origin{File: e.Origin.Name, Row: e.Origin.Row, ImportedAt: e.Origin.At}
	}
	return Expression{
		Reference: c.Reference, ReceivedAt: c.ReceivedAt, PrivacyVersion: c.Answers.Privacy.Version,
		Stage: c.Stage.Name(), Reason: interest.Label(c.Stage.Info().Reasons, c.Reason), StageSince: c.StageSince,
		Turn: c.Turn.Name(), HoldReason: interest.Label(interest.HoldReasons(), c.HoldReason), HoldUntil: c.HoldUntil,
		TurnSince: c.TurnSince, MailTrouble: string(c.MailTrouble), EmailWanted: c.EmailWanted, CopyAskedAt: c.CopyAskedAt,
		SetAside: c.Suspicion.Name(), ImportedFrom: from,
		Answers: answers(c.Answers, organisation), Result: c.Result,
	}
}

func (e Everything) requests(organisation func(slug string) string) []Request {
	list := []Request{}
	for _, one := range e.Case.Requests {
		r := Request{
			AskedAt: one.AskedAt, Message: one.Message, Questions: []string{}, AnswerBy: one.AnswerBy,
			Unsent: answersOf(e.Unsent(one, organisation)), Reply: one.Reply, AnsweredAt: one.AnsweredAt, EndedAt: one.EndedAt,
		}
		for _, slug := range one.Steps {
			r.Questions = append(r.Questions, interest.QuestionOf(slug))
		}
		list = append(list, r)
	}
	return list
}

func timeline(events []interest.Event) []Event {
	list := []Event{}
	for _, one := range events {
		reasons := one.To.Info().Reasons
		if one.Kind == interest.EventHeld {
			reasons = interest.HoldReasons()
		} else if one.Kind == interest.EventTold {
			reasons = interest.Templates()
		}
		event := Event{
			At: one.At, By: actor(one.ActorKind), What: string(one.Kind), From: one.From.Name(), To: one.To.Name(),
			Reason: interest.Label(reasons, one.Reason), Until: one.Until, Note: one.Note, Old: one.Old, New: one.New,
			Told: strings.TrimSpace(one.Words.Says + "\n\n" + one.Words.Next),
		}
		if one.Step != "" {
			event.Question = interest.QuestionOf(one.Step)
		}
		list = append(list, event)
	}
	return list
}

func answers(a interest.Answers, organisation func(slug string) string) []Answer {
	return answersOf(interest.Lines(a, organisation))
}

func answersOf(lines []interest.Line) []Answer {
	list := []Answer{}
	for _, line := range lines {
		list = append(list, Answer{Question: line.Question, Answer: line.Answer})
	}
	return list
}

func enquiryOf(c enquiry.Case) Enquiry {
	e := Enquiry{
		Reference: c.Reference, Kind: c.Kind.Name(), State: c.State.Name(), ReceivedAt: c.ReceivedAt, Due: c.Due,
		Name: c.Name, Email: c.Email, Phone: c.Phone, Page: c.Page, Message: c.Message, SetAside: c.Suspicion.Name(), Timeline: []Event{},
	}
	for _, one := range c.Events {
		e.Timeline = append(e.Timeline, Event{
			At: one.At, By: actor(one.ActorKind), What: string(one.Kind), How: one.How.Name(), Note: one.Note,
		})
	}
	return e
}

func offerOf(c offer.Case) Offer {
	o := Offer{
		Reference: c.Reference, State: c.State.Name(), ReceivedAt: c.ReceivedAt, Organisation: c.Organisation, Site: c.Site,
		Profession: c.Work.Name(), From: c.From.Words(), Days: c.Days.Words(), Name: c.Name, Email: c.Email, Phone: c.Phone,
		More: c.More, SetAside: c.Suspicion.Name(), Timeline: []Event{},
	}
	for _, one := range c.Events {
		o.Timeline = append(o.Timeline, Event{At: one.At, By: actor(one.ActorKind), What: string(one.Kind), Note: one.Note})
	}
	return o
}

// actor says whose doing something was, by no name.
func actor(kind string) string {
	switch kind {
	case audit.Staff:
		return "the faculty"
	case audit.System:
		return "the portal"
	default:
		return "the sender"
	}
}
