package adminview

import (
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
)

// Correction is what the page of a question has around it where staff correct
// the answer.
type Correction struct {
	Case    interest.Case
	Staff   []staff.Account
	Version int              // of the case that was seen; the form sends it
	Seen    int64            // the newest event that was seen
	Changed bool             // somebody else changed the case meanwhile
	Stop    string           // why the answer was not saved; "" where nothing is in the way
	Opened  bool             // the question applies because of another one that is corrected
	Carried []interest.Field // the answers to the questions before it
	Why     string
	Errors  validate.Errors
}

// Caption says whose answer it is.
func (v Correction) Caption() string {
	return "Correct an answer of " + v.Case.Answers.Name.Full
}

// record is the case, for what happened meanwhile.
func (v Correction) record() Expression {
	return Expression{Case: v.Case, Staff: v.Staff, Seen: v.Seen}
}
