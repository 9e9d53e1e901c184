package apply_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
)

func TestNothingTypedIsLostWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	v := servertest.On(t, pool).Visitor(t)
	begin(t, v)
	answer(t, v, situation()...)
	asked := v.Get("/apply/name").Want(http.StatusOK)
	if err := database.Crash(); err != nil {
		t.Fatal(err)
	}
	away := v.Send(asked, "/apply/name", fields("name", "Zoë Example")).Want(http.StatusServiceUnavailable)
	away.Has("h1", "We could not save this just now")
	oneHeading(t, away)
	if away.Header.Get("Retry-After") == "" {
		t.Error("the page has no Retry-After")
	}
	v.Send(away, "/apply/name", nil).Want(http.StatusServiceUnavailable)
	if err := database.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	v.Follow(v.Send(away, "/apply/name", nil)).Want(http.StatusOK)
	if v.Get("/apply/name").Doc().Find(`input[name=name][value="Zoë Example"]`).Length() != 1 {
		t.Error("the answer was not saved after the database came back")
	}
}

func TestSendingWhilePostgresRestartsLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	portal := servertest.On(t, pool)
	const people = 12
	var visitors [people]*pagetest.Visitor
	var checks [people]*pagetest.Page
	for i := range people {
		visitors[i] = portal.Visitor(t)
		checks[i] = whole(t, visitors[i])
	}
	var references [people]string
	var wait sync.WaitGroup
	for i := range people {
		wait.Go(func() {
			time.Sleep(time.Duration(i) * 30 * time.Millisecond)
			references[i] = sendUntilTaken(t, visitors[i], checks[i])
		})
	}
	time.Sleep(100 * time.Millisecond)
	if err := database.Crash(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(150 * time.Millisecond)
	if err := database.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	wait.Wait()
	seen := map[string]bool{}
	for i, reference := range references {
		if reference == "" || seen[reference] {
			t.Errorf("person %d got the reference %q, want one of their own", i, reference)
		}
		seen[reference] = true
	}
	for _, table := range []string{"expression", "event", "mail"} {
		if got := count(t, portal, `select count(*) from `+table); got != people {
			t.Errorf("%d rows in %s, want %d", got, table, people)
		}
	}
}

// sendUntilTaken presses the button of whatever page it gets, as a person
// would, and gives the reference.
func sendUntilTaken(t *testing.T, v *pagetest.Visitor, from *pagetest.Page) string {
	for range 100 {
		sent := v.Send(from, "/apply/check", nil)
		if sent.Location == "/apply/sent" {
			if confirmed := v.Get(sent.Location); confirmed.Status == http.StatusOK {
				return confirmed.Text(".nhsuk-panel strong")
			}
		}
		if sent.Status == http.StatusServiceUnavailable {
			from = sent
		}
		time.Sleep(50 * time.Millisecond)
	}
	return ""
}
