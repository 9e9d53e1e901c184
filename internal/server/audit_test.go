package server_test

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// TestEveryLookAtAPersonsRecordIsRecorded asks for every page of the staff area
// that is about one case, enquiry, offer or member of staff.
func TestEveryLookAtAPersonsRecordIsRecorded(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.writes()
	s.offers()
	s.applies()
	account := s.Add(t, staff.Lead)
	lead := s.Visitor(t)
	servertest.SignIn(t, lead, account)
	w := walker{Visitor: lead, t: t}
	about := map[string]string{
		"expressions": path.Base(w.first("/admin/expressions?tab=all")), "enquiries": path.Base(w.first("/admin/enquiries")),
		"offers": path.Base(w.first("/admin/offers")), "staff": account.ID,
	}
	// Jobs have rows of their own meanwhile.
	looks := `select count(*) from audit_event where outcome = 'done' and subject_kind in ('expression', 'enquiry', 'offer', 'staff') and actor_id = '` + account.ID + `'`
	looked := 0
	for _, route := range s.Routes() {
		parts := strings.Split(route.Path, "/")
		if route.Method != http.MethodGet || len(parts) < 4 || about[parts[2]] == "" || !strings.HasPrefix(parts[3], "{") {
			continue
		}
		where := strings.NewReplacer("{reference}", about[parts[2]], "{id}", account.ID, "{step}", "name").Replace(route.Path)
		before := s.Count(t, looks)
		lead.Get(where).Want(http.StatusOK)
		after := s.Count(t, looks)
		if after != before+1 {
			t.Errorf("a look at %s is %d rows of the audit, want 1", where, after-before)
		}
		looked++
	}
	if looked < 6 {
		t.Errorf("only %d pages are about a person, want those of all four kinds", looked)
	}
}

func TestEveryRefusalOfSomebodySignedInIsRecorded(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	account := portal.Add(t, staff.Viewer)
	visitor := portal.Visitor(t)
	servertest.SignIn(t, visitor, account)
	refusals := func(detail string) int {
		return portal.Count(t, `select count(*) from audit_event where action = 'route.use' and outcome = 'refused' and actor_id = '`+account.ID+`' and detail = '`+detail+`'`)
	}
	visitor.Get("/admin/audit").Want(http.StatusForbidden)
	visitor.Get("/admin/expressions/K7M-4XPD").Want(http.StatusForbidden)
	if n := refusals("role viewer"); n != 2 {
		t.Errorf("refusals because of a role = %d, want 2", n)
	}
	visitor.Post("/admin/account/end-sessions", url.Values{page.FormKeyField: {"forged"}}).Want(http.StatusForbidden)
	if n := refusals("form"); n != 1 {
		t.Errorf("refusals of a forged form = %d, want 1", n)
	}
	before := portal.Count(t, `select count(*) from audit_event`)
	portal.Visitor(t).Get("/admin/audit").Want(http.StatusSeeOther)
	if n := portal.Count(t, `select count(*) from audit_event`); n != before {
		t.Errorf("somebody unknown who is sent to sign in adds %d rows, want none", n-before)
	}
}
