// Package bulk changes many cases at once: what would happen is looked at
// first, then a job does it, one case after the other.
package bulk

import (
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
)

// Most is how many cases one change may have.
const Most = 5000

// Kind is what is done to the cases.
type Kind string

// The kinds of change.
const (
	Assign Kind = "assign" // To is an account's id, or "" for nobody
	Move   Kind = "move"   // To is a stage
	Tell   Kind = "tell"   // To is the slug of one of interest.Templates
)

// Change is a change of many cases.
type Change struct {
	ID        string
	AccountID string // of whoever makes it
	Kind      Kind
	To        string
	Reason    string         // of a move that ends the cases
	Note      string         // of a move
	Tells     bool           // the people by email
	Words     interest.Words `db:"-"` // of the email; the zero Words are the standard ones
	Filter    string         // of the list that the cases come from, as its address has it
	CreatedAt time.Time
	StartedAt *time.Time
	EndedAt   *time.Time
}

// Clean gives the change as it is stored.
func (c Change) Clean() Change {
	c.Note, c.Words = validate.Text(c.Note), c.Words.Clean()
	if c.Kind != Move {
		c.Reason, c.Note = "", ""
	} else {
		c.Reason = c.move().Clean().Reason
	}
	return c
}

// move is the change as a move of one case.
func (c Change) move() interest.Move {
	return interest.Move{To: interest.Stage(c.To), Reason: c.Reason, Note: c.Note, Tell: c.Tells, Words: c.ownWords()}
}

// ownWords are the words of the email; nil for the standard ones.
func (c Change) ownWords() *interest.Words {
	if c.Words == (interest.Words{}) {
		return nil
	}
	return &c.Words
}

// Validate says what is wrong, by the form's field names: kind, to, reason,
// note, template. Whether an account may have cases is the store's to say.
func (c Change) Validate() validate.Errors {
	c = c.Clean()
	var errs validate.Errors
	switch c.Kind {
	case Assign:
	case Move:
		if len(from(interest.Stage(c.To))) == 0 {
			errs.Add("to", "Select the next stage")
			return errs
		}
		errs = c.move().Validate(from(interest.Stage(c.To))[0])
	case Tell:
		errs = interest.Telling{Template: c.To}.Validate()
	default:
		errs.Add("kind", "Select what to do")
	}
	return errs
}

// from are the stages from which cases may move to one.
func from(to interest.Stage) []interest.Stage {
	var stages []interest.Stage
	for _, info := range interest.Stages() {
		if interest.MayMove(info.Stage, to) {
			stages = append(stages, info.Stage)
		}
	}
	return stages
}

// Message is the email that goes to each person; false where none does.
func (c Change) Message() (interest.StageMessage, bool) {
	message, has := interest.StageMessage{}, false
	switch c.Kind {
	case Move:
		message, has = interest.MessageOf(interest.Stage(c.To), c.Reason)
	case Tell:
		var template interest.Template
		template, has = interest.TemplateBySlug(c.To)
		message = template.Message
	}
	if has && c.Words != (interest.Words{}) {
		message = message.In(c.Words)
	}
	return message, has
}

// Result is what came of the change of one case; "" while it waits.
type Result string

// The results: first the ones that are known before anything is done.
const (
	Waiting   Result = ""
	Same      Result = "same"      // they have it already
	Stage     Result = "stage"     // no such move from where it is
	Aside     Result = "aside"     // it is set aside
	Unreached Result = "unreached" // emails do not reach the person
	Others    Result = "others"    // it is a colleague's
	Done      Result = "done"
	Changed   Result = "changed" // somebody changed it since it was looked at
	Refused   Result = "refused" // it could not be done any more
	Stopped   Result = "stopped" // whoever makes the change may not any more
)

// Words says a result.
func (r Result) Words() string {
	switch r {
	case Waiting:
		return "Waits"
	case Same:
		return "They have it already"
	case Stage:
		return "This move is not allowed from its stage"
	case Aside:
		return "It is set aside"
	case Unreached:
		return "Emails do not reach the person"
	case Others:
		return "A colleague has it"
	case Done:
		return "Done"
	case Changed:
		return "Somebody changed it meanwhile, so that it was left alone"
	case Stopped:
		return "Stopped: the account that began this may not do it any more"
	default:
		return "Could not be done"
	}
}

// Results are all results, in the order in which they are counted.
func Results() []Result {
	return []Result{Done, Waiting, Changed, Refused, Stopped, Same, Stage, Aside, Unreached, Others}
}

// expect says what will come of a case; Waiting where it can be changed. A
// reviewer changes their own cases and nobody's, a lead everybody's.
func (c Change) expect(account staff.Account, seen interest.Seen) Result {
	own := seen.AssigneeID == "" || seen.AssigneeID == account.ID
	switch {
	case seen.SetAside:
		return Aside
	case !own && !account.Role.May(staff.ExportAll):
		return Others
	case c.Kind == Assign && seen.AssigneeID == c.To:
		return Same
	case c.Kind == Move && !interest.MayMove(seen.Stage, interest.Stage(c.To)):
		return Stage
	case c.Kind == Tell && seen.MailTrouble != "":
		return Unreached
	}
	return Waiting
}
