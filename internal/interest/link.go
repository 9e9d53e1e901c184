package interest

import (
	"time"

	"ahpfaculty/internal/attempt"
)

// LinkLife is how long a link to a draft may be used; it never outlives the draft.
const LinkLife = 14 * 24 * time.Hour

// linksAtMost is how many forms one address gets links to when it asks: a
// person has one, or a few that they began anew.
const linksAtMost = 3

// The limits on asking for links, so that nobody's mailbox is filled.
var (
	linkEmailLimit = attempt.Limit{Free: 3, First: time.Minute, Longest: 15 * time.Minute}
	// linkAddressLimit is for one client address, which may be a whole hospital's.
	linkAddressLimit = attempt.Limit{Free: 20, First: time.Minute, Longest: 15 * time.Minute}
)

// Link is a one-time link to a draft that may still be used.
type Link struct {
	Draft     Draft
	ExpiresAt time.Time
}

// Begun reports whether anything was answered: a draft without answers is
// nobody's loss.
func (d Draft) Begun() bool { return d.Revision > 0 }

// Address is where mail about the draft goes: as the person typed it in the
// form, where that is the same address.
func (d Draft) Address() string {
	if answer := d.Answers.Email; answer != nil && NormalEmail(answer.Address) == d.Email {
		return answer.Address
	}
	return d.Email
}
