// Package servertest makes whole portals for tests: the real router over a
// real database that holds the default content.
package servertest

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
	"ahpfaculty/web"
)

// Password is what every account of these tests signs in with.
const Password = "correct horse battery staple"

// secret signs the keys of a test's forms.
const secret = "a secret for tests, 32 bytes long"

// PublicFormKey is a key for a public form that is sent to a path, such as one
// of a page that was open before its link ended.
func PublicFormKey(t testing.TB, path string) string {
	t.Helper()
	keys := page.PublicKeys{Secrets: [][]byte{[]byte(secret)}, Now: time.Now}
	return page.PublicFormKey(page.WithPublicKeys(t.Context(), &keys), path)
}

// BaseURL is where the portal of a test says it is.
const BaseURL = "http://localhost"

// Portal is a whole portal on a database of its own.
type Portal struct {
	*server.Server
	Pool  *pgxpool.Pool
	Staff *staff.Store

	busy sync.WaitGroup // with what visitors ask for
}

// New makes a portal that ends with the test; each change is made to what the
// portal is made of.
func New(t testing.TB, changes ...func(*server.Deps)) *Portal {
	t.Helper()
	return On(t, postgrestest.NewDatabase(t), changes...)
}

// On makes a portal on a migrated database and fills it with the default content.
func On(t testing.TB, pool *pgxpool.Pool, changes ...func(*server.Deps)) *Portal {
	t.Helper()
	if err := content.Import(context.Background(), pool, pack.Files); err != nil {
		t.Fatalf("importing the default content: %v", err)
	}
	assets, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	outbox := mail.NewOutbox()
	deps := server.Deps{
		Config: config.Config{
			Env: config.Development, BaseURL: BaseURL, DataDir: t.TempDir(),
			Secrets: [][]byte{[]byte(secret)},
		},
		Log: slog.New(slog.DiscardHandler), Pool: pool, Outbox: outbox, Assets: assets, Now: time.Now, Trusting: true,
	}
	for _, change := range changes {
		change(&deps)
	}
	s, err := server.New(deps)
	if err != nil {
		t.Fatalf("making the portal: %v", err)
	}
	return &Portal{Server: s, Pool: pool, Staff: &staff.Store{DB: pool, Outbox: outbox, Secrets: deps.Config.Secrets, Party: staff.NewRelyingParty(BaseURL), Now: deps.Now}}
}

// Visitor is somebody new at the portal's door.
func (p *Portal) Visitor(t testing.TB) *pagetest.Visitor {
	t.Helper()
	return pagetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.busy.Add(1)
		defer p.busy.Done()
		r.Host = "localhost" // that of the settings, which development insists on
		p.ServeHTTP(w, r)
	}))
}

// AtRest waits until all that visitors asked for is done to its end. Whoever knows
// how long a file is has it before the portal has put it away.
func (p *Portal) AtRest() { p.busy.Wait() }

// Add adds an account with a role that can sign in.
func (p *Portal) Add(t testing.TB, role staff.Role) staff.Account {
	t.Helper()
	ctx := context.Background()
	n := staff.NewAccount{Email: string(role) + "@example.nhs.uk", Name: "Test " + strings.ToUpper(string(role)), Role: role}
	added, err := p.Staff.Add(ctx, staff.By{}, n)
	if err != nil {
		t.Fatalf("adding a %s: %v", role, err)
	}
	token, err := p.Staff.MintLink(ctx, added.ID, staff.Invite)
	if err != nil {
		t.Fatalf("minting a link: %v", err)
	}
	by := staff.By{Address: netip.MustParseAddr("127.0.0.1")}
	begun, err := p.Staff.UseLink(ctx, by, token, staff.Credentials{Password: Password})
	if err != nil {
		t.Fatalf("using a link: %v", err)
	}
	return stafftest.Enrol(t, p.Staff, by, begun).Account
}

// SignIn signs a visitor in with the password and a code.
func SignIn(t testing.TB, v *pagetest.Visitor, account staff.Account) {
	t.Helper()
	half := HalfSignIn(t, v, account)
	const step = "/admin/second-step"
	v.Send(half, step, url.Values{"code": {stafftest.Code(t, account.ID)}}).Want(http.StatusSeeOther)
}

// HalfSignIn signs a visitor in with the password alone, and gives the page that
// asks for a code.
func HalfSignIn(t testing.TB, v *pagetest.Visitor, account staff.Account) *pagetest.Page {
	t.Helper()
	form := v.Get("/admin/sign-in").Want(http.StatusOK)
	sent := v.Send(form, "", url.Values{"email": {account.Email}, "password": {Password}}).Want(http.StatusSeeOther)
	return v.Follow(sent).Want(http.StatusOK)
}
