package server_test

import (
	"crypto/rand"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

// world is a database with two of everything: what somebody works on, and what
// a forged field could point to. Portals are made on copies of it.
type world struct {
	pool     *pgxpool.Pool
	accounts map[staff.Role]staff.Account
	keys     map[staff.Role]*stafftest.Key
	at       map[staff.Role]map[string]string // what stands for "{case}" in an address
}

// newWorld has everybody sign in and get ready what the forms are about.
func newWorld(t *testing.T) *world {
	t.Helper()
	portal := servertest.New(t)
	w := &world{pool: portal.Pool, accounts: map[staff.Role]staff.Account{}, keys: map[staff.Role]*stafftest.Key{}, at: map[staff.Role]map[string]string{}}
	t.Run("world", func(t *testing.T) {
		portal.Work(t, slog.New(slog.DiscardHandler))
		shared := map[string]string{}
		for _, name := range []string{"case", "other", "aside", "gone"} {
			sender := portal.Visitor(t)
			sent := sender.Send(servertest.Whole(t, sender), "/apply/check", nil).Want(http.StatusSeeOther)
			shared[name] = referenceOf(sender.Follow(sent).Want(http.StatusOK))
		}
		for _, name := range []string{"enquiry", "other-enquiry"} {
			shared[name] = sendEnquiry(t, portal)
		}
		for _, name := range []string{"offer", "other-offer"} {
			shared[name] = sendOffer(t, portal)
		}
		portal.WaitForMail(t)
		store := interest.Store{DB: portal.Pool, Outbox: mail.NewOutbox(), Now: time.Now}
		asking := interest.Asking{Reference: shared["other"], Version: 1, Message: "Which ward?", Steps: []string{"phone"}, Nonce: "asked"}
		if err := store.Ask(t.Context(), interest.By{StaffID: "reviewer"}, asking); err != nil {
			t.Fatalf("Ask() = %v", err)
		}
		shared["other-request"] = w.text(t, `select id::text from information_request`)
		w.text(t, `update expression set suspicion = 'trap', set_aside_at = now() where reference = $1 returning reference`, shared["aside"])
		for _, role := range staff.Roles() {
			w.accounts[role] = portal.Add(t, role)
		}
		for _, role := range staff.Roles() {
			w.at[role] = maps.Clone(shared)
			w.comesToWork(t, portal, role)
		}
		portal.WaitForMail(t)
	})
	if t.Failed() {
		t.FailNow()
	}
	return w
}

// comesToWork has somebody add a passkey, and begin what takes a job.
func (w *world) comesToWork(t *testing.T, portal *servertest.Portal, role staff.Role) {
	t.Helper()
	const passkeys = "/admin/account/passkeys"
	visitor, at := portal.Visitor(t), w.at[role]
	servertest.SignIn(t, visitor, w.accounts[role])
	w.keys[role] = stafftest.NewKey(t, servertest.BaseURL)
	form := visitor.Get(passkeys).Want(http.StatusOK)
	made := w.keys[role].Make(t, form.Doc().Find("form[data-passkey]").AttrOr("data-options", ""))
	visitor.Send(form, passkeys, url.Values{"answer": {made}}).Want(http.StatusSeeOther)
	at["passkey"] = path.Base(visitor.Get("/admin/account").Doc().Find(`a[href^="`+passkeys+`/"]`).AttrOr("href", ""))
	at["me"] = w.accounts[role].ID
	at["viewer"] = w.accounts[staff.Viewer].ID
	at["somebody"] = w.accounts[staff.Lead].ID
	if role == staff.Lead {
		at["somebody"] = w.accounts[staff.Reviewer].ID
	}
	if !role.May(staff.ExportOwn) {
		return
	}
	at["view"] = w.text(t, `insert into staff_view (account_id, name, query, created_at) values ($1, 'Late', 'late=yes', now()) returning id::text`, at["me"])
	const queue, export = "/admin/expressions", "/admin/expressions/export"
	visitor.Send(visitor.Get(queue), queue+"/take", nil).Want(http.StatusSeeOther)
	ordered := visitor.Send(visitor.Get(export+"?tab=mine"), export, servertest.Fields("format", "xlsx", "names", "no")).Want(http.StatusSeeOther).Location
	for visitor.Get(ordered).Want(http.StatusOK).Doc().Find("form[action$='/file']").Length() == 0 {
		time.Sleep(50 * time.Millisecond)
	}
	at["export"] = path.Base(ordered)
	if role.May(staff.ExportAll) {
		for _, name := range []string{"new-import", "import", "old-import"} {
			at[name] = path.Base(upload(t, visitor, name+".csv", cases+strings.Repeat("\r\n", len(at))).Want(http.StatusSeeOther).Location)
		}
		checked := importPath + "/" + at["import"]
		visitor.Send(visitor.Get(checked), checked, columnsOf).Want(http.StatusSeeOther)
		atRest(t, visitor, checked)
	}
}

func (w *world) text(t *testing.T, query string, args ...any) string {
	t.Helper()
	var text string
	if err := w.pool.QueryRow(t.Context(), query, args...).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

func sendEnquiry(t testing.TB, portal *servertest.Portal) string {
	t.Helper()
	store := enquiry.Store{DB: portal.Pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}
	token, err := store.Send(t.Context(), enquiry.Delivery{
		Message: enquiry.Message{Kind: enquiry.Contact, Text: "Can you come to our fair?", Name: "Zoë Example", AnswerBy: enquiry.ByPhone, Phone: "01522 000000"},
		Nonce:   rand.Text(), Took: time.Minute, From: netip.MustParseAddr("192.0.2.1"),
	})
	if err != nil {
		t.Fatalf("sending an enquiry: %v", err)
	}
	receipt, err := store.ByToken(t.Context(), token)
	if err != nil {
		t.Fatalf("ByToken() = %v", err)
	}
	return receipt.Reference
}

func sendOffer(t testing.TB, portal *servertest.Portal) string {
	t.Helper()
	store := offer.Store{DB: portal.Pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}
	token, err := store.Send(t.Context(), offer.Delivery{
		Form: offer.Form{
			Organisation: offer.OtherOrganisation, Other: "Example Home", Site: "Example Town", Work: "dietitians", Month: "4",
			Year: servertest.YearsAgo(-1), Days: "2", Name: "Sam Sample", Email: rand.Text() + "@example.com",
		},
		Nonce: rand.Text(), Took: time.Minute, From: netip.MustParseAddr("192.0.2.1"),
	})
	if err != nil {
		t.Fatalf("sending an offer: %v", err)
	}
	reference, err := store.Receipt(t.Context(), token)
	if err != nil {
		t.Fatalf("Receipt() = %v", err)
	}
	return reference
}

// place is a copy of the world with a portal and somebody signed in.
type place struct {
	*servertest.Portal
	*pagetest.Visitor
	t     *testing.T
	world *world
	role  staff.Role
	owner *pgxpool.Pool
	at    map[string]string
	known map[string]bool // the ids that the world has
}

func (w *world) place(t *testing.T, role staff.Role) *place {
	t.Helper()
	portal := servertest.On(t, postgrestest.Copy(t, w.pool))
	p := &place{Portal: portal, Visitor: portal.Visitor(t), t: t, world: w, role: role, owner: postgrestest.Owner(t, portal.Pool), at: maps.Clone(w.at[role]), known: map[string]bool{}}
	for _, row := range p.rows() {
		for _, id := range anID.FindAllString(row, -1) {
			p.known[id] = true
		}
	}
	another := *p
	another.Visitor = portal.Visitor(t)
	another.enters()
	p.enters()
	ends := p.Get("/admin/account").Doc().Find("form[action*='/sessions/']").First().AttrOr("action", "")
	p.at["session"] = path.Base(path.Dir(ends))
	return p
}

// enters signs in by a passkey, which both steps are.
func (p *place) enters() {
	p.t.Helper()
	walker{t: p.t, Visitor: p.Visitor}.entersBy(p.world.keys[p.role])
}

// signedIn gives the page of the own account, after signing in again where the
// form before has ended the session.
func (p *place) signedIn() *pagetest.Page {
	p.t.Helper()
	if own := p.Get("/admin/account"); own.Status == http.StatusOK {
		return own
	}
	p.enters()
	return p.Get("/admin/account").Want(http.StatusOK)
}

// address puts what there is in place of "{case}" and its like.
func (p *place) address(text string) string {
	for name, value := range p.at {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// What no two copies have in common: new ids, what is drawn at random, and the time.
var (
	anID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	atRandom = regexp.MustCompile(`\b[A-Z2-7]{26}\b|\\\\x[0-9a-f]{16,}`)
	aChange  = regexp.MustCompile(`"change": "\d+"`) // a transaction's number in a job
	aTime    = regexp.MustCompile(`20\d\d-\d\d-\d\dT[\d:.]+(Z|\+00:00)`)
)

// without leaves out of a text what no two copies have in common; of ids those
// that the world did not have before.
func (p *place) without(text string) string {
	text = anID.ReplaceAllStringFunc(text, func(id string) string {
		if p.known[id] {
			return id
		}
		return "id"
	})
	return aTime.ReplaceAllString(aChange.ReplaceAllString(atRandom.ReplaceAllString(text, "random"), "change"), "time")
}

// all is every row of every table, but for those named, as text without what no
// two copies have in common.
func (p *place) all(but ...string) []string {
	p.t.Helper()
	found := p.rows(but...)
	for i := range found {
		found[i] = p.without(found[i])
	}
	slices.Sort(found)
	return found
}

func (p *place) rows(but ...string) []string {
	p.t.Helper()
	p.AtRest()
	var query string
	err := p.owner.QueryRow(p.t.Context(), `
		select string_agg(format('select %L || (to_jsonb(x) - ''{xid,request_id,form_key,credential,token}''::text[])::text from public.%I x', relname || ' ', relname), ' union all ')
		from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all ($1)`,
		append(but, "goose_db_version")).Scan(&query)
	if err != nil {
		p.t.Fatalf("reading which tables there are: %v", err)
	}
	rows, err := p.owner.Query(p.t.Context(), query)
	if err != nil {
		p.t.Fatalf("reading everything: %v", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		p.t.Fatalf("reading everything: %v", err)
	}
	return found
}

// beside are the lines that one of two lists has and the other has not.
func beside(a, b []string) []string {
	count := map[string]int{}
	for _, line := range a {
		count[line]++
	}
	for _, line := range b {
		count[line]--
	}
	var lines []string
	for line, n := range count {
		if n > 0 {
			lines = append(lines, "- "+line)
		} else if n < 0 {
			lines = append(lines, "+ "+line)
		}
	}
	slices.Sort(lines)
	return lines
}
