// Package notice tells members of staff, and a mailbox that several of them
// read, what happened to cases: by email, without a word about the people.
package notice

import (
	"fmt"
	"slices"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
)

// Kind is a kind of thing that somebody may be told.
type Kind string

// The kinds, in the order in which mails tell them.
const (
	New      Kind = "new"
	Assigned Kind = "assigned"
	Answered Kind = "answered"
	DueSoon  Kind = "due-soon"
	Late     Kind = "late"
)

// Kinds lists every kind, in the order in which mails tell them.
func Kinds() []Kind { return []Kind{New, Assigned, Answered, DueSoon, Late} }

// SoonDays is how many working days before it is due a case is due soon.
const SoonDays = 2

// info is what people read about a kind, and how somebody is told who chose
// nothing.
type info struct {
	name, describe string
	usual          How
}

// What a person has in hand is told at once, what they might take with the next
// day's mail; a case that is due soon is on the first page of the staff area.
var kinds = map[Kind]info{
	New:      {"New cases", "Somebody sent an expression of interest.", Daily},
	Assigned: {"Cases given to you", "Somebody else gave you a case.", AtOnce},
	Answered: {"Answers", "A returner answered what they were asked, in your cases and those that nobody has.", AtOnce},
	DueSoon:  {"Cases due soon", fmt.Sprintf("A case of yours is due within %d working days. Faculty leads are told of those that nobody has, too.", SoonDays), Off},
	Late:     {"Late cases", "A case of yours was due. Faculty leads are told of those that nobody has, too.", Daily},
}

// Name is the kind as pages and mails say it.
func (k Kind) Name() string { return kinds[k].name }

// Describe says when somebody is told.
func (k Kind) Describe() string { return kinds[k].describe }

// Usual is how somebody is told who chose nothing.
func (k Kind) Usual() How { return kinds[k].usual }

// How is how somebody is told.
type How string

// The ways.
const (
	AtOnce How = "at-once" // within two minutes
	Daily  How = "daily"   // at 8 in the morning of the next working day
	Off    How = "off"
)

// Hows lists the ways, the quickest first.
func Hows() []How { return []How{AtOnce, Daily, Off} }

// Name is the way as pages say it.
func (h How) Name() string {
	return map[How]string{AtOnce: "At once", Daily: "Once a day, at 8am on working days", Off: "Not at all"}[h]
}

// Choices is how somebody is told each kind.
type Choices map[Kind]How

// validate says what is wrong, by the form's field names, which are the kinds.
func (c Choices) validate(of []Kind) validate.Errors {
	var errs validate.Errors
	for _, kind := range of {
		if !slices.Contains(Hows(), c[kind]) {
			errs.Add(string(kind), "Select how you are told: "+kind.Name())
		}
	}
	return errs
}

// Validate says what is wrong, by the form's field names, which are the kinds.
func (c Choices) Validate() validate.Errors { return c.validate(Kinds()) }

// detail is the choices as the audit has them.
func (c Choices) detail(of []Kind) string {
	text := ""
	for _, kind := range of {
		text += string(kind) + "=" + string(c[kind]) + " "
	}
	return text
}

// MailboxKinds lists what a shared mailbox may be told.
func MailboxKinds() []Kind { return []Kind{New, Answered, DueSoon, Late} }

// Mailbox is the address that several people read.
type Mailbox struct {
	Email     string // "" for none
	Choices   Choices
	Version   int
	ChangedAt *time.Time // nil while nobody has set it
	ChangedBy string     // a staff account's id
}

// Validate says what is wrong, by the form's field names: email and the kinds.
func (m Mailbox) Validate() validate.Errors {
	var errs validate.Errors
	if m.Email != "" && !validate.Email(m.Email) {
		errs.Add("email", "Enter an email address in the correct format, like name@example.com")
	}
	errs.Max("email", m.Email, 254, "Email address must be 254 characters or less")
	return append(errs, m.Choices.validate(MailboxKinds())...)
}

// ErrChanged is a mailbox that somebody else set since it was opened.
var ErrChanged = fmt.Errorf("the mailbox was set since it was opened: %w", fault.Conflict)

// Store keeps what is chosen and what there is to tell. Every exported method
// is one transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
}

// MayBeTold reports whether somebody is told about cases at all: they may see
// them, and can sign in to do so.
func MayBeTold(a staff.Account) bool { return !a.Disabled() && a.Role.May(staff.SeeCases) }
