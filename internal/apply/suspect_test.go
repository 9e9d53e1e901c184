package apply_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/server"
	"ahpfaculty/internal/server/servertest"
)

func TestAProgramSeesTheSamePagesAndIsSetAside(t *testing.T) {
	t.Parallel()
	p := servertest.New(t, func(d *server.Deps) { d.Trusting = false })
	for why, fields := range map[string]url.Values{"fast": nil, "trap": {"subject": {"Cheap pills"}}} {
		v := p.Visitor(t)
		check := servertest.Whole(t, v)
		v.Follow(v.Send(check, "/apply/check", fields).Want(http.StatusSeeOther)).Want(http.StatusOK).Has("h1", "Your form is sent").Has(".nhsuk-panel", "Your reference is")
		if n := p.Count(t, `select count(*) from expression where suspicion = $1 and set_aside_at is not null`, why); n != 1 {
			t.Errorf("%d expressions are set aside as %s, want 1", n, why)
		}
	}
	if n := p.Count(t, `select count(*) from mail`); n != 0 {
		t.Errorf("%d mails are owed, want none", n)
	}
}
