package server_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// TestAPageThatLoadsItselfKeepsNobodySignedIn lets time pass for somebody who has
// left such a page open.
func TestAPageThatLoadsItselfKeepsNobodySignedIn(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	account := portal.Add(t, staff.Lead)
	visitor := portal.Visitor(t)
	servertest.SignIn(t, visitor, account)
	visitor.Get("/admin/account").Want(http.StatusOK)
	const own = `(select id from staff_session order by started_at desc limit 1)`
	away := func(minutes int) (ends, used time.Time) {
		t.Helper()
		err := portal.Pool.QueryRow(t.Context(), `
			with s as (update session set expires_at = now() + make_interval(mins => 15 - $1) where ended_at is null returning expires_at),
				u as (update staff_session set last_used_at = now() - make_interval(mins => $1) where id = `+own+` returning last_used_at)
			select s.expires_at, u.last_used_at from s, u`, minutes).Scan(&ends, &used)
		if err != nil {
			t.Fatalf("letting time pass: %v", err)
		}
		return ends, used
	}
	now := func() (ends, used time.Time) {
		t.Helper()
		if err := portal.Pool.QueryRow(t.Context(), `select s.expires_at, u.last_used_at from session s, staff_session u where s.ended_at is null and u.id = `+own).Scan(&ends, &used); err != nil {
			t.Fatalf("reading sessions: %v", err)
		}
		return ends, used
	}
	ends, used := away(10)
	itself := visitor.Get("/admin/account?look=1").Want(http.StatusOK)
	if e, u := now(); !e.Equal(ends) || !u.Equal(used) {
		t.Errorf("a page that loaded itself moves the end from %v to %v and the last use from %v to %v", ends, e, used, u)
	}
	if left, err := strconv.Atoi(itself.Doc().Find("dialog[data-idle]").AttrOr("data-left", "")); err != nil || left <= 0 || left > 300 {
		t.Errorf("a page that loaded itself warns as if %d seconds were left, %v, want those that are", left, err)
	}
	asked := visitor.Get("/admin/account").Want(http.StatusOK)
	if e, u := now(); !e.After(ends) || !u.After(used) {
		t.Errorf("a page that somebody asked for leaves the end at %v and the last use at %v", e, u)
	}
	if left := asked.Doc().Find("dialog[data-idle]").AttrOr("data-left", ""); left != "" {
		t.Errorf("a page that somebody asked for warns as if %q seconds were left", left)
	}
	away(16)
	if late := visitor.Get("/admin/account?look=2"); late.Status != http.StatusSeeOther || late.Location != "/admin/sign-in" {
		t.Errorf("16 minutes after the last use the page = %d to %q, want the sign-in page", late.Status, late.Location)
	}
}
