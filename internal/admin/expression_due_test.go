package admin_test

import (
	"net/http"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

func TestACaseSaysByWhenToMoveItOn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	reviewer, account := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + c.Reference
	if _, err := p.pool.Exec(t.Context(), `
		update stage_limit set working_days = 10, changed_at = now(), changed_by = $1 where stage = 'received'`, account.ID); err != nil {
		t.Fatalf("limiting a stage: %v", err)
	}
	if _, _, err := p.interest.SetDue(t.Context(), interest.DuePlace{}); err != nil {
		t.Fatalf("SetDue() = %v", err)
	}
	reviewer.Get(path).Want(http.StatusOK).Has("main", "Move it on by")
	if _, err := p.pool.Exec(t.Context(), `update expression set due_on = due_on - 30 where id = $1`, c.ID); err != nil {
		t.Fatalf("letting time pass: %v", err)
	}
	reviewer.Get(path).Want(http.StatusOK).Has(".nhsuk-tag", "Late")
}
