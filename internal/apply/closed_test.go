package apply_test

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/apply"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/web/layout"
)

func TestTheLiveFormIsClosedUntilTheFacultySaysWhoAnswers(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	v := pagetest.New(t, liveForm(portal))
	set := func(controller, email string) {
		store := faculty.Store{DB: portal.Pool}
		details, err := store.Details(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		details.Controller, details.ContactEmail, details.ContactPhone, details.ContactPost = controller, email, "", ""
		if err := store.Replace(context.Background(), details, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		controller, email, title string
	}{
		{"", "", "This form is not open yet"},
		{"Example NHS Trust", "", "This form is not open yet"},
		{"", "ahp@example.nhs.uk", "This form is not open yet"},
		{"Example NHS Trust", "ahp@example.nhs.uk", "Say you are interested in returning to practice"},
	} {
		set(c.controller, c.email)
		v.Get("/apply").Want(http.StatusOK).Has("h1", c.title)
	}
	set("", "")
	v.Post("/apply", servertest.Fields()).Want(http.StatusOK).Has("h1", "This form is not open yet")
	if n := portal.Count(t, `select count(*) from draft`); n != 0 {
		t.Errorf("a closed form made %d drafts, want none", n)
	}
}

// liveForm is the form as production has it, without the checks in front of it.
func liveForm(portal *servertest.Portal) http.Handler {
	pages := &page.Server{Log: slog.New(slog.DiscardHandler)}
	sessions := scs.New()
	sessions.Store = memstore.NewWithCleanupInterval(0)
	form := apply.New(apply.Deps{
		Pool: portal.Pool, Pages: pages, Sessions: sessions, Live: true, Now: time.Now,
		Frame: func(*http.Request) layout.Frame {
			return layout.Frame{Assets: layout.Assets{Stylesheet: "/static/a.css", Script: "/static/a.js", Icon: "/static/a.svg"}}
		},
	})
	router := chi.NewRouter()
	for _, route := range form.Routes() {
		router.Method(route.Method, route.Path, pages.Wrap(route.Handle))
	}
	return sessions.LoadAndSave(router)
}
