package apply_test

import (
	"net/http"
	"testing"

	"ahpfaculty/internal/server/servertest"
)

func TestTheStartPageSaysWhatHappensWithTheAnswersFirst(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := portal.Visitor(t)
	start := v.Get("/apply").Want(http.StatusOK)
	oneHeading(t, start)
	start.Has("main", "10 minutes").Has("main", "28 days").Has("main", "privacy notice").Has("main form button", "Start now")
	if n := portal.Count(t, `select count(*) from draft`); n != 0 {
		t.Errorf("looking made %d drafts, want none", n)
	}
}

func TestADraftIsFoundAgainAndBegunOnce(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := portal.Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()...)
	start := v.Get("/apply").Want(http.StatusOK).Has("main form button", "Continue your form").Has("main", "not sent yet")
	v.Follow(v.Send(start, "/apply", nil)).Has("main", "You have completed 1 of 5 sections")
	if n := portal.Count(t, `select count(*) from draft`); n != 1 {
		t.Errorf("%d drafts, want 1", n)
	}
}

func TestTheTaskListShowsWhatIsDone(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	v.Get("/apply/tasks").Has("main", "Not started").Has("main", "Cannot start yet")
	servertest.Answer(t, v, servertest.Situation()...)
	servertest.Answer(t, v, servertest.Rest()[:2]...)
	v.Get("/apply/tasks").Has("main", "Completed").Has("main", "In progress")
}

func TestWhoHasNoDraftIsShownHowToStartAgain(t *testing.T) {
	t.Parallel()
	v := servertest.New(t).Visitor(t)
	for _, path := range []string{"/apply/tasks", "/apply/name", "/apply/check", "/apply/sent", "/apply/your-days"} {
		lost := v.Get(path).Want(http.StatusNotFound).Has("h1", "We cannot find your form").Has("main a.nhsuk-button", "Start again")
		oneHeading(t, lost)
	}
	// A form whose session has ended leads to the same page.
	v.Follow(v.Post("/apply/name", servertest.Fields("name", "Zoë"))).Has("h1", "We cannot find your form")
}

func TestADraftThatIsGoneIsBegunAnew(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := portal.Visitor(t)
	servertest.Begin(t, v)
	asked := v.Get("/apply/profession").Want(http.StatusOK)
	if _, err := portal.Pool.Exec(t.Context(), `delete from draft`); err != nil {
		t.Fatal(err)
	}
	v.Send(asked, "/apply/profession", servertest.Situation()[0].Fields).Want(http.StatusNotFound).Has("h1", "We cannot find your form")
	servertest.Begin(t, v)
}
