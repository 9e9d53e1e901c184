package server_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

// TestWhatPeopleTypeIsNowhereItShouldNotBe fills in every form of the portal
// with canaries. None may be in the log, the metrics, an address, a job or its
// errors, a session, or in any column that is not there for personal data.
func TestWhatPeopleTypeIsNowhereItShouldNotBe(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.writes()
	s.offers()
	s.applies()
	lead := s.comesIn()
	s.worksOnCases(lead)
	s.takesTurns(lead)
	s.changesMany(lead)
	s.worksOnTheRest(lead)
	s.managesStaff(lead)
	s.setsRules(lead)
	s.setsTimes(lead)
	s.choosesNotices(lead)
	s.exports(lead)
	s.imports(lead)
	s.readsTheAudit(lead)
	s.wantSearched()
	s.wantNothingTold()
	s.erases(lead)
	s.forgets()
	s.wantNothingTold()
	s.wantEveryFormTried()
}

// story is a whole portal with somebody who watches it.
type story struct {
	*servertest.Portal
	t     *testing.T
	watch *watch
	at    *clock
	inbox *mailtest.Server
}

func newStory(t *testing.T) *story {
	t.Helper()
	seen, at := newWatch(), &clock{now: time.Now()}
	log := slog.New(slog.NewJSONHandler(seen, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p := servertest.New(t, at.set, func(d *server.Deps) { d.Log = log })
	return &story{Portal: p, t: t, watch: seen, at: at, inbox: p.Work(t, log)}
}

// wantNothingTold looks for canaries wherever they must not be, and for keys
// and tokens in the log and the metrics.
func (s *story) wantNothingTold() {
	s.t.Helper()
	s.WaitForMail(s.t)
	log, metrics := s.watch.logged(), s.metrics()
	s.wantNoCanary("the log", log)
	s.wantNoCanary("a metric", metrics)
	for _, c := range s.columns() {
		if !c.personal() {
			s.wantNoCanary("the column "+c.Name, c.Text)
		}
	}
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	for address := range s.watch.addresses {
		s.wantNoCanary("an address", address)
	}
	for secret := range s.watch.secrets {
		if strings.Contains(log+metrics, secret) {
			s.t.Errorf("the log or a metric has the key or token %s", secret)
		}
	}
}

func (s *story) wantNoCanary(where, text string) {
	s.t.Helper()
	if at := tells(text); at >= 0 {
		s.t.Errorf("%s tells what was typed: …%s…", where, text[max(0, at-150):min(len(text), at+80)])
	}
}

// metrics are what the listener for machines answers.
func (s *story) metrics() string {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatalf("listening: %v", err)
	}
	ctx, stop := context.WithCancel(s.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.ServeMetrics(ctx, listener) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/metrics")
	if err != nil {
		s.t.Fatalf("asking for the metrics: %v", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	stop()
	if err := <-ended; err != nil {
		s.t.Errorf("ServeMetrics() = %v", err)
	}
	if err != nil || !strings.Contains(string(text), `route="/apply/{step}"`) {
		s.t.Fatalf("the metrics (%v) lack a route: %.300s", err, text)
	}
	return string(text)
}

// column is one of the database, with all that its rows hold.
type column struct{ Name, Comment, Text string }

// held is the comment of a column that may hold what people typed. A class
// that is technical alone is an id or a hash, which holds nothing of it.
var held = regexp.MustCompile(`^personal: .*; class: [^;]*(contact|identity|professional|free text|credential)`)

func (c column) personal() bool { return held.MatchString(c.Comment) }

// columns are those of every table, River's and the sessions too, read as the
// owner. Bytes are read as the text that they may be.
func (s *story) columns() []column {
	s.t.Helper()
	owner := postgrestest.Owner(s.t, s.Pool)
	rows, err := owner.Query(s.t.Context(), `
		select format('%I.%I', c.relname, a.attname) as name, coalesce(col_description(c.oid, a.attnum), '') as comment,
			format('select coalesce(string_agg(' || case a.atttypid when 'bytea'::regtype then 'encode(%I, ''escape'')' else '%I::text' end
				|| ', '' ''), '''') from public.%I', a.attname, c.relname) as text
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
	if err != nil {
		s.t.Fatalf("reading which columns there are: %v", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[column])
	if err != nil {
		s.t.Fatalf("reading which columns there are: %v", err)
	}
	for i, c := range found {
		// So far the text is the query that reads it.
		if err := owner.QueryRow(s.t.Context(), c.Text).Scan(&found[i].Text); err != nil {
			s.t.Fatalf("reading %s: %v", c.Name, err)
		}
	}
	return found
}

// wantSearched fails unless the search would find something: there are
// canaries where they may be, and something where they must not be.
func (s *story) wantSearched() {
	s.t.Helper()
	s.WaitForMail(s.t)
	found, empty := 0, map[string]bool{
		"audit_event.action": true, "mail.failure": true, "river_job.args": true, "river_job.errors": true, "session.data": true,
	}
	for _, c := range s.columns() {
		if c.personal() && tells(c.Text) >= 0 {
			found++
		}
		if strings.Trim(c.Text, " ") != "" {
			delete(empty, c.Name)
		}
	}
	if found < 20 || len(empty) > 0 {
		s.t.Errorf("canaries are in %d columns, and %v hold nothing; want 20 and more, and none", found, empty)
	}
	s.watch.mu.Lock()
	n := len(s.watch.secrets)
	s.watch.mu.Unlock()
	if n < 40 || !strings.Contains(s.watch.logged(), `"route":"/admin/link/{token}"`) {
		s.t.Errorf("%d keys and tokens are known, want 40 and more, and their routes in the log", n)
	}
}

// wantEveryFormTried fails unless every form of the table of routes was sent
// and answered well, every page behind a session and every question of the
// returner's form was shown, and a canary was sent in each text field that was
// on any of the pages.
func (s *story) wantEveryFormTried() {
	s.t.Helper()
	log := s.watch.logged()
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	for _, route := range s.Routes() {
		if route.Method != http.MethodPost && !route.Who.UsesFormSession() && !route.Who.UsesStaffSession() {
			continue
		}
		if !answeredWell(log, route) {
			s.t.Errorf("the test has not got to %s %s", route.Method, route.Path)
		}
	}
	for _, step := range interest.Steps() {
		if !s.watch.answered["/apply/"+step.Slug] {
			s.t.Errorf("the test has not got to the question %s", step.Slug)
		}
	}
	for field := range s.watch.shown {
		if !s.watch.typed[field] {
			s.t.Errorf("no canary was sent in the field %q", field)
		}
	}
}

// answeredWell reports whether a line of the log says that a route answered
// with a page or led to one.
func answeredWell(log string, route page.Route) bool {
	line := fmt.Sprintf(`"method":%q,"route":%q,"status":`, route.Method, route.Path)
	return strings.Contains(log, line+"200") || strings.Contains(log, line+"303")
}
