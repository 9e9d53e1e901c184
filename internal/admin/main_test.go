package admin_test

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/admin"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
	"ahpfaculty/web/layout"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const (
	password = "tall-otter-91-canal"
	origin   = "http://localhost:8080"
)

// portal is the staff area on a database of its own.
type portal struct {
	t        *testing.T
	pool     *pgxpool.Pool
	staff    *staff.Store
	interest *interest.Store
	base     *pagetest.Visitor
}

func newPortal(t *testing.T) *portal {
	t.Helper()
	pool := postgrestest.NewDatabase(t)
	updatingtest.Fill(t, pool)
	accounts := &staff.Store{DB: pool, Outbox: mail.NewOutbox(), Secrets: stafftest.Secrets(), Party: staff.NewRelyingParty(origin), Now: time.Now}
	return &portal{
		t: t, pool: pool, staff: accounts, base: pagetest.New(t, newRouter(pool, accounts)),
		interest: &interest.Store{DB: pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader},
	}
}

// newRouter mounts the staff area's table of routes with the checks that every
// row asks for, in their order.
func newRouter(pool *pgxpool.Pool, accounts *staff.Store) http.Handler {
	sessions := scs.New()
	sessions.Store = staff.SessionStore{DB: pool, Now: time.Now}
	sessions.Cookie.Path, sessions.IdleTimeout = "/admin", 15*time.Minute
	keys := &page.FormKeys{Sessions: sessions, Secrets: [][]byte{make([]byte, 32)}}
	pages := &page.Server{Log: slog.New(slog.DiscardHandler), View: func(_ *http.Request, p page.Problem) templ.Component {
		return templ.Raw(fmt.Sprintf(`<!DOCTYPE html><html lang="en-GB"><head><title>A problem with this page</title></head><body><main><h1>problem %d %s</h1></main></body></html>`, p.Status, p.Wait))
	}}
	handler := admin.New(admin.Deps{
		Pool: pool, Exports: pool, Pages: pages, Sessions: sessions, BaseURL: origin, Secrets: stafftest.Secrets(), Now: time.Now,
		Frame: func(r *http.Request) layout.Frame {
			frame := layout.Frame{Path: r.URL.Path, FacultyName: "AHP Faculty", Assets: layout.Assets{Stylesheet: "/static/portal.css", Script: "/static/portal.js"}}
			if account, ok := page.Viewer(r.Context()); ok {
				frame.Staff = &layout.Person{Name: account.Name, Role: string(account.Role), Email: account.Email}
			}
			return frame
		},
	})
	guard := &page.Guard{Staff: accounts, Keys: keys, Now: time.Now}
	router := chi.NewRouter()
	for _, route := range handler.Routes() {
		router.Method(route.Method, route.Path, sessions.LoadAndSave(pages.Wrap(func(w http.ResponseWriter, r *http.Request) error {
			ctx := page.WithClientAddress(page.WithRequestID(r.Context(), "request"), address)
			if err := r.ParseForm(); err != nil {
				return err
			}
			r, done, err := guard.Admit(w, r.WithContext(ctx), route)
			if err != nil || done {
				return err
			}
			return route.Handle(w, r)
		})))
	}
	return router
}

// address is where everybody comes from.
var address = netip.MustParseAddr("192.0.2.1")

// account adds somebody with a password.
func (p *portal) account(email string, role staff.Role) staff.Account {
	p.t.Helper()
	ctx := p.t.Context()
	added, err := p.staff.Add(ctx, staff.By{}, staff.NewAccount{Email: email, Name: "Sam Rivers", Role: role})
	if err != nil {
		p.t.Fatalf("Add: %v", err)
	}
	token, err := p.staff.MintLink(ctx, added.ID, staff.Invite)
	if err != nil {
		p.t.Fatalf("MintLink: %v", err)
	}
	begun, err := p.staff.UseLink(ctx, staff.By{Address: address}, token, staff.Credentials{Password: password})
	if err != nil {
		p.t.Fatalf("UseLink: %v", err)
	}
	return stafftest.Enrol(p.t, p.staff, staff.By{Address: address}, begun).Account
}

// signedIn is a visitor who signed in as somebody new.
func (p *portal) signedIn(role staff.Role) (*pagetest.Visitor, staff.Account) {
	p.t.Helper()
	account := p.account(strings.ToLower(rand.Text())+"@example.org", role)
	return p.signIn(account.Email), account
}

// signIn signs somebody in with their password and a code.
func (p *portal) signIn(email string) *pagetest.Visitor {
	p.t.Helper()
	visitor := p.base.Another()
	account, err := p.staff.ByEmail(p.t.Context(), email)
	if err != nil {
		p.t.Fatalf("ByEmail: %v", err)
	}
	half := visitor.Follow(p.halfSignIn(visitor, email))
	visitor.Send(half, "/admin/second-step", url.Values{"code": {stafftest.Code(p.t, account.ID)}}).Want(http.StatusSeeOther)
	return visitor
}

// halfSignIn signs a visitor in with the password alone.
func (p *portal) halfSignIn(visitor *pagetest.Visitor, email string) *pagetest.Page {
	p.t.Helper()
	return visitor.Send(visitor.Get("/admin/sign-in"), "", url.Values{"email": {email}, "password": {password}}).Want(http.StatusSeeOther)
}

// setUp sets an app for codes up for a visitor who has proved their password,
// and gives the page of the recovery codes.
func (p *portal) setUp(visitor *pagetest.Visitor) *pagetest.Page {
	p.t.Helper()
	form := visitor.Get("/admin/set-up").Want(http.StatusOK)
	secret := staff.AppSecret(strings.ReplaceAll(form.Text("#key"), " ", ""))
	return visitor.Send(form, "/admin/set-up", url.Values{"code": {stafftest.CodeAt(p.t, secret, time.Now())}}).Want(http.StatusOK)
}

// options are what the script of a page asks the browser about a passkey.
func options(t *testing.T, form *pagetest.Page) string {
	t.Helper()
	asked, ok := form.Doc().Find("form[data-passkey]").Attr("data-options")
	if !ok {
		t.Fatalf("%s asks for no passkey", form.Path)
	}
	return asked
}

// expression sends a form and gives its case.
func (p *portal) expression(name, profession string) interest.Case {
	p.t.Helper()
	ctx := p.t.Context()
	draft, err := p.interest.NewDraft(ctx)
	if err != nil {
		p.t.Fatalf("NewDraft: %v", err)
	}
	for _, answer := range []interest.Answer{
		interest.Profession{Slug: profession}, interest.Standing{Standing: updating.Left}, interest.Abroad{Answer: interest.No},
		interest.LastPractised{DayInput: interest.DayInput{Month: "3", Year: "2022"}}, interest.Name{Full: name},
		interest.RegisteredName{Other: interest.No}, interest.Email{Address: "zoe@example.com"}, interest.Phone{},
		interest.Postcode{Area: "LN1"}, interest.RegisterNumber{Number: "", Unknown: true}, interest.Programme{Registered: interest.No},
		interest.Experience{Role: "Band 6", Setting: "community", Years: "7"}, interest.Organisations{Any: true},
		interest.Settings{Slugs: []string{"community"}}, interest.Hours{Slug: "part-time"},
		interest.Start{Choice: interest.StartFrom, Month: "2", Year: "2027"}, interest.Help{Slugs: []string{"placement"}},
		interest.Privacy{Version: "1", Read: true},
	} {
		if draft, err = p.interest.SaveAnswer(ctx, draft.ID, 0, answer); err != nil {
			p.t.Fatalf("SaveAnswer(%s): %v", answer.Step(), err)
		}
	}
	receipt, err := p.interest.Send(ctx, draft.ID, draft.Revision, "request")
	if err != nil {
		p.t.Fatalf("Send: %v", err)
	}
	return p.read(receipt.Reference)
}

// read gives a case as it is now.
func (p *portal) read(reference string) interest.Case {
	p.t.Helper()
	c, err := p.interest.ByReference(p.t.Context(), reference)
	if err != nil {
		p.t.Fatalf("ByReference: %v", err)
	}
	return c
}

// count is the number that a query answers with.
func (p *portal) count(sql string, args ...any) int {
	p.t.Helper()
	var n int
	if err := p.pool.QueryRow(p.t.Context(), sql, args...).Scan(&n); err != nil {
		p.t.Fatalf("%s: %v", sql, err)
	}
	return n
}
