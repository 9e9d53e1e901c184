package admin_test

import (
	"testing"

	"ahpfaculty/internal/staff"
)

func TestACaseSaysWhoLookedAtIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, _ := p.signedIn(staff.Lead)
	reviewer, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	reviewer.Get(path).Has("details", "Who has looked at this: 1 person")
	lead.Get(path)
	lead.Get(path + "/data")
	lead.Get(path).Has("details", "Who has looked at this: 2 people").Has("details", "Look at everything about a person").
		Has("details", "2 times").Has("details", "Sam Rivers").Has(".app-print-only", "printed by Sam Rivers")
}
