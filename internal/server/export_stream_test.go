package server_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// leaver closes the window when some of a file has come.
type leaver struct {
	http.ResponseWriter
	left  int
	leave context.CancelFunc
}

func (l *leaver) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func (l *leaver) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		l.leave()
	}
	return l.ResponseWriter.Write(b)
}

const manyCases = `
		insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by,
			postcode_area, programme, any_organisation, organisations, settings, hours, start_choice, help,
			privacy_version, result, rule_version, stage_since, updated_at)
		select 'X' || gen_random_uuid(), gen_random_uuid(), now(), 'dietitians', 'left-register', false, 'One', i || '@example.com', 'email',
			'LN1', false, true, '{}', '{community}', 'full-time', 'not-sure', '{placement}', '1', '{}', '1', now(), now()
		from generate_series(1, 1500) i`

func TestAClosedWindowEndsTheQueryOfAnExport(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	for range 3 {
		if _, err := portal.Pool.Exec(t.Context(), manyCases); err != nil {
			t.Fatalf("filling the table: %v", err)
		}
	}
	visitor := pagetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "localhost"
		if r.Method != http.MethodPost || r.URL.Path != "/admin/expressions/export" {
			portal.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer func() {
			if ended := recover(); ended != http.ErrAbortHandler {
				t.Errorf("the export ends with %v, want half a file that does not look whole", ended)
			}
		}()
		portal.ServeHTTP(&leaver{w, 100_000, cancel}, r.WithContext(ctx))
	}))
	servertest.SignIn(t, visitor, portal.Add(t, staff.Lead))
	form := visitor.Get("/admin/expressions/export?tab=all").Want(http.StatusOK)
	visitor.Send(form, "/admin/expressions/export", servertest.Fields("format", "csv", "names", "yes")).Want(http.StatusOK)
	const left = `select count(*) from pg_stat_activity where datname = current_database() and (query like '%export_rows%' or state like 'idle in transaction%') and pid <> pg_backend_pid() and state <> 'idle'`
	for range 100 {
		if portal.Count(t, left) == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if n := portal.Count(t, left); n != 0 {
		t.Errorf("%d queries go on, want none", n)
	}
	if n := portal.Count(t, `select count(*) from export where state = 'broken' and total = 4500 and written between 1 and 4499`); n != 1 {
		t.Errorf("%d exports say that they were broken off, want 1", n)
	}
}
