package apply_test

import (
	"net/http"
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
)

func TestNothingTypedIsLostWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	database, pool := postgrestest.NewServer(t)
	v := servertest.On(t, pool).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	asked := v.Get("/apply/name").Want(http.StatusOK)
	if err := database.Crash(); err != nil {
		t.Fatal(err)
	}
	away := v.Send(asked, "/apply/name", servertest.Fields("name", "Zoë Example")).Want(http.StatusServiceUnavailable)
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
