// Package enquiry is the messages that people send through a public form: to
// the faculty, about a problem of accessibility, or to complain about how their
// personal data is used.
package enquiry

import (
	"time"

	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// Kind is what an enquiry is about: the door that it came through.
type Kind string

// The kinds of enquiry.
const (
	Contact       Kind = "contact"
	Accessibility Kind = "accessibility"
	Complaint     Kind = "complaint" // about personal data
)

// Kinds lists the kinds in the order in which pages show them.
func Kinds() []Kind { return []Kind{Contact, Accessibility, Complaint} }

// Known reports whether k is one of the kinds.
func (k Kind) Known() bool { return k.Name() != "" }

// Name is the kind as staff read it; "" for one that there is not.
func (k Kind) Name() string {
	switch k {
	case Contact:
		return "Message to the faculty"
	case Accessibility:
		return "Accessibility problem"
	case Complaint:
		return "Data protection complaint"
	}
	return ""
}

// State is where an enquiry stands.
type State string

// The states of an enquiry.
const (
	Open     State = "open"
	Answered State = "answered"
	SetAside State = "set-aside" // it looks like the work of a program: nobody is waiting
)

// Known reports whether s is one of the states.
func (s State) Known() bool { return s.Name() != "" }

// Name is the state in words; "" for one that there is not.
func (s State) Name() string {
	switch s {
	case Open:
		return "Open"
	case Answered:
		return "Answered"
	case SetAside:
		return "Set aside"
	}
	return ""
}

// Enquiry is one that was sent.
type Enquiry struct {
	ID         string
	Reference  string
	Kind       Kind
	State      State
	Message    string
	Page       string // where the problem is; "" where nobody said
	Name       string // "" where nobody said
	Email      string // this or Phone
	Phone      string
	ReceivedAt time.Time
	Due        updating.Date
	Suspicion  suspect.Suspicion
	StateSince time.Time
	AnsweredBy How // "" until it is answered
	Version    int
}

// LateOn reports whether on a day an answer is overdue.
func (e Enquiry) LateOn(day updating.Date) bool { return late(e.State, e.Due, day) }

func late(state State, due, day updating.Date) bool { return state == Open && day.After(due) }

// The ways to answer that people choose from.
const (
	ByEmail = "email"
	ByPhone = "phone"
)

// The most characters of what people type.
const (
	MaxMessage = 4000
	maxPage    = 500
	maxName    = 200
	maxPhone   = 40
)

// Message is what somebody types into the form.
type Message struct {
	Kind     Kind
	Text     string
	Page     string // of a problem of accessibility
	Name     string
	AnswerBy string // ByEmail or ByPhone
	Email    string
	Phone    string
}

// Clean gives the message as it is stored, without the way to answer that was
// not chosen.
func (m Message) Clean() Message {
	m.Text, m.Page, m.Name = validate.Text(m.Text), validate.Line(m.Page), validate.Line(m.Name)
	m.Email, m.Phone = validate.Line(m.Email), validate.Line(m.Phone)
	if m.AnswerBy != ByEmail {
		m.Email = ""
	}
	if m.AnswerBy != ByPhone {
		m.Phone = ""
	}
	if m.Kind != Accessibility {
		m.Page = ""
	}
	return m
}

// NeedsName reports whether somebody must say who they are. Whoever reports a
// problem of accessibility helps others, whoever they are.
func (k Kind) NeedsName() bool { return k != Accessibility }

// Validate says what is wrong, by the form's field names: message, page, name,
// answer-by, email, phone.
func (m Message) Validate() validate.Errors {
	m = m.Clean()
	var errs validate.Errors
	errs.Need("message", m.Text, m.Kind.emptyMessage())
	errs.Max("message", m.Text, MaxMessage, "Your message must be 4,000 characters or less")
	errs.Max("page", m.Page, maxPage, "The page must be 500 characters or less")
	if m.Kind.NeedsName() {
		errs.Need("name", m.Name, "Enter your name")
	}
	errs.Max("name", m.Name, maxName, "Your name must be 200 characters or less")
	m.validateAnswer(&errs)
	return errs
}

func (k Kind) emptyMessage() string {
	switch k {
	case Accessibility:
		return "Enter what does not work for you"
	case Complaint:
		return "Enter what your complaint is about"
	}
	return "Enter your message"
}

func (m Message) validateAnswer(errs *validate.Errors) {
	switch m.AnswerBy {
	case ByEmail:
		errs.Need("email", m.Email, "Enter your email address")
		if !validate.Email(m.Email) {
			errs.Add("email", "Enter an email address in the correct format, like name@example.com")
		}
	case ByPhone:
		errs.Need("phone", m.Phone, "Enter your phone number")
		errs.Max("phone", m.Phone, maxPhone, "Your phone number must be 40 characters or less")
		if !validate.Phone(m.Phone) {
			errs.Add("phone", "Enter a phone number, like 01522 000000, 07700 900000 or +44 7700 900000")
		}
	default:
		errs.Add("answer-by", "Select how we can answer you")
	}
}
