package admin_test

import (
	"net/http"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestWhatIsSetAsideIsInAListOfItsOwnUntilItIsRescued(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	if _, err := p.pool.Exec(t.Context(), `update expression set suspicion = 'trap', set_aside_at = received_at where id = $1`, c.ID); err != nil {
		t.Fatalf("setting a case aside: %v", err)
	}
	viewer, _ := p.signedIn(staff.Viewer)
	reviewer, account := p.signedIn(staff.Reviewer)
	reviewer.Get("/admin").Want(http.StatusOK).Has("tbody", "Received0")
	reviewer.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "0 expressions").Has("main", "1 form set aside")
	reviewer.Get("/admin/expressions?set-aside=yes").Want(http.StatusOK).Has("h2", "1 expression").Has("tbody", c.Reference)
	path := "/admin/expressions/" + c.Reference
	form := reviewer.Get(path).Want(http.StatusOK).Has(".nhsuk-card--warning", "A field was filled in that people do not see")
	viewer.Post(path+"/rescue", nil).Want(http.StatusForbidden)
	for range 2 { // a double click
		reviewer.Follow(reviewer.Send(form, path+"/rescue", nil).Want(http.StatusSeeOther)).Want(http.StatusOK).Has(".app-timeline", "Found to be from a person")
	}
	reviewer.Get("/admin/expressions").Want(http.StatusOK).Has("h2", "1 expression")
	if n := p.count(`select count(*) from audit_event where action = 'expression.rescue' and actor_id = $1 and subject_id = $2`, account.ID, c.ID); n != 1 {
		t.Errorf("%d audit rows of the rescue, want 1", n)
	}
}
