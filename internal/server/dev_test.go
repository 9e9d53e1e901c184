package server_test

import (
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

func TestTheGalleryShowsEachComponentAndNothingElse(t *testing.T) {
	t.Parallel()
	visitor := servertest.New(t).Visitor(t)
	list := visitor.Get("/dev/components").Want(http.StatusOK)
	if n := list.Doc().Find(`main a[href^="/dev/components/"]`).Length(); n < 40 {
		t.Errorf("the list has %d components, want 40 or more", n)
	}
	visitor.Get("/dev/components/date-input").Want(http.StatusOK)
	visitor.Get("/dev/components/header/1").Want(http.StatusOK)
	for _, path := range []string{"/nothing", "/header/0", "/header/99", "/header/first", "/button/1"} {
		visitor.Get("/dev/components" + path).Want(http.StatusNotFound)
	}
}

func TestNothingForDevelopmentIsInProduction(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t, func(d *server.Deps) { d.Config.Env = config.Production })
	for _, route := range portal.Routes() {
		if strings.HasPrefix(route.Path, "/dev") {
			t.Errorf("production serves %s", route.Path)
		}
	}
	portal.Visitor(t).Get("/dev/components").Want(http.StatusNotFound)
}
