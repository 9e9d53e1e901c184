package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

func TestACaseHintsAtOthersThatMayBeTheSamePersons(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	reviewer, account := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	path := "/admin/expressions/" + c.Reference
	if text := reviewer.Get(path).Want(http.StatusOK).Text(".nhsuk-inset-text"); text != "" {
		t.Errorf("a case that is alone hints at others: %q", text)
	}
	// Every form of these tests is from one email address.
	both, address := p.expression("ZOE EXAMPLE", "physiotherapists"), p.expression("Kwame Sample", "dietitians")
	move := interest.Move{Reference: both.Reference, Version: 1, To: interest.InReview, Nonce: "n"}
	if err := p.interest.Move(t.Context(), interest.By{StaffID: account.ID}, move); err != nil {
		t.Fatalf("Move: %v", err)
	}
	shown := reviewer.Get(path).Want(http.StatusOK).Has(".nhsuk-inset-text h2", "May be the same person")
	hints := shown.Doc().Find(".nhsuk-inset-text li")
	if n := hints.Length(); n != 2 {
		t.Fatalf("%d hints, want 2", n)
	}
	for i, want := range []string{
		address.Reference + ": Received, received on ", both.Reference + ": In review, received on ",
	} {
		if got := strings.Join(strings.Fields(hints.Eq(i).Text()), " "); !strings.HasPrefix(got, want) {
			t.Errorf("the hint at %d is %q, want it to begin with %q", i, got, want)
		}
	}
	shown.Has(".nhsuk-inset-text li:nth-child(1)", "The same email address.").
		Has(".nhsuk-inset-text li:nth-child(2)", "The same email address, and the same name and profession.").
		Has(".nhsuk-inset-text a[href='/admin/expressions/"+both.Reference+"']", both.Reference)

	for range 4 {
		p.expression("Zoë Example", "physiotherapists")
	}
	shown = reviewer.Get(path).Has(".nhsuk-inset-text", "the newest of 6")
	if n := shown.Doc().Find(".nhsuk-inset-text li").Length(); n != 5 {
		t.Errorf("%d hints, want at most 5", n)
	}
	if n := p.count(`select count(*) from expression`); n != 7 {
		t.Errorf("%d expressions, want all 7: nothing is merged", n)
	}
}
