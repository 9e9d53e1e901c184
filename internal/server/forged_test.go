package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// staffForm is a form of the staff area with what somebody fills in.
type staffForm struct {
	page   string     // where it stands
	to     string     // its action
	fields url.Values // what is filled in; what is not has the value that the page gives it
	reads  string     // names of fields beside those of the page that any role may send: those of the list's address
	unread string     // names of choices that count for nothing beside what is filled in
	direct bool       // the page has no such form just now, or two of them: fields are all that is sent
	keep   string     // what stands for the last part of the address that it leads to
}

// filtering are the fields of the address of a list, which travel with its forms.
const filtering = "tab stage assignee received age sort which case filter help from to search late"

// staffForms are all forms that somebody sends who is signed in, in an order in
// which each has something to do.
func staffForms() []staffForm {
	const one, other, gone, aside = "/admin/expressions/{case}", "/admin/expressions/{other}", "/admin/expressions/{gone}", "/admin/expressions/{aside}"
	const account, queue, person = "/admin/account", "/admin/expressions", "/admin/staff/{viewer}"
	later := time.Now().AddDate(0, 0, 10)
	day := []string{"day", later.Format("2"), "month", later.Format("1"), "year", later.Format("2006")}
	f := servertest.Fields
	return []staffForm{
		{page: queue, to: queue + "/search", fields: f("text", "Zoë"), reads: filtering},
		{page: queue + "?late=yes", to: queue + "/views", fields: f("view", "Those that are late"), reads: filtering},
		{page: queue, to: queue + "/views/{view}/delete", reads: filtering},
		{page: queue, to: queue + "/take"},
		{page: queue + "/export?tab=mine", to: queue + "/export", fields: f("format", "csv", "names", "yes"), reads: filtering},
		{page: queue + "/export/{export}", to: queue + "/export/{export}/file"},
		{page: one, to: one + "/assign", fields: f("assignee", "{somebody}")},
		{page: one, to: one + "/assign", fields: f("me", "yes"), unread: "assignee"},
		{page: queue + "/bulk?tab=mine", to: queue + "/bulk", fields: f("which", "all", "kind", "assign", "assignee", "{somebody}"), reads: filtering, unread: "to template"},
		{page: queue + "/bulk?tab=mine", to: queue + "/bulk", fields: f("which", "all", "kind", "move", "to", "withdrawn/cost", "note", "They rang"), reads: filtering, unread: "assignee template", keep: "plan"},
		{page: queue + "/bulk/{plan}", to: queue + "/bulk/{plan}/start", fields: f("mail", "none")},
		{page: one, to: one + "/note", fields: f("note", "A note")},
		{page: one, to: one + "/move", fields: f("to", "in-review", "note", "A reason"), unread: "reason"},
		{page: one + "/correct/name", to: one + "/correct/name", fields: f("name", "Zoë Corrected", "why", "They rang")},
		{page: one, to: one + "/readdressed", fields: f("email", "moved@example.com", "note", "They rang")},
		{page: one, to: one + "/bounced", fields: f("note", "It came back")},
		{page: one, to: one + "/reachable", fields: f("note", "They rang")},
		{page: one, to: one + "/ask", fields: f(append(day, "message", "When can you start?", "steps", "start")...)},
		{page: one, to: one + "/take-back"},
		{page: one, to: one + "/hold", fields: f(append(day, "reason", "other", "note", "They are away")...)},
		{page: one, to: one + "/resume"},
		{page: one, to: one + "/copy-given", direct: true},
		{page: aside, to: aside + "/rescue"},
		{page: gone + "/erase", to: gone + "/erase", fields: f("typed", "{gone}")},
		{page: "/admin/enquiries/{enquiry}", to: "/admin/enquiries/{enquiry}/change", fields: f("to", "answered", "how", "phone", "note", "A note", "version", "1"), direct: true},
		{page: "/admin/enquiries/{enquiry}", to: "/admin/enquiries/{enquiry}/note", fields: f("note", "A note")},
		{page: "/admin/offers/{offer}", to: "/admin/offers/{offer}/change", fields: f("to", "matched", "note", "A note")},
		{page: "/admin/offers/{offer}", to: "/admin/offers/{offer}/note", fields: f("note", "A note")},
		{page: importPath, to: importPath},
		{page: importPath + "/{new-import}", to: importPath + "/{new-import}", fields: columnsOf},
		{page: importPath + "/{import}", to: importPath + "/{import}/start"},
		{page: importPath + "/{old-import}", to: importPath + "/{old-import}/discard"},
		{page: "/admin/rules", to: "/admin/rules/check", fields: f("entry", "figure short-days"), direct: true},
		{page: "/admin/rules/figures/short-days", to: "/admin/rules/figures/short-days", fields: f(append(day, "value", "40", "source", "hcpc-updating", "confirmed", "yes")...)},
		{page: "/admin/retention/ended-expression", to: "/admin/retention/ended-expression", fields: f("period", "9", "confirmed", "yes")},
		{page: "/admin/times", to: "/admin/times/stages", fields: f("received", "5")},
		{page: "/admin/times", to: "/admin/times/replies", fields: f("usual", "5")},
		{page: "/admin/times", to: "/admin/times/holidays", fields: f("day", "3", "month", "11", "year", later.AddDate(1, 0, 0).Format("2006"), "name", "A special day")},
		{page: "/admin/times", to: "/admin/times/holidays/remove", fields: f("day", "2027-12-27"), direct: true},
		{page: "/admin/staff/add", to: "/admin/staff/add", fields: f("name", "Somebody New", "email", "new@example.org", "role", "viewer")},
		{page: person, to: person + "/role", fields: f("role", "editor")},
		{page: person, to: person + "/link"},
		{page: person, to: person + "/end-sessions"},
		{page: person, to: person + "/reset-second-factor"},
		{page: person, to: person + "/disable"},
		{page: person, to: person + "/enable"},
		{page: "/admin/mailbox", to: "/admin/mailbox", fields: f("email", "team@example.org", "new", "daily", "answered", "daily", "due-soon", "off", "late", "off")},
		{page: "/admin/audit", to: "/admin/audit", fields: f("who", "staff"), reads: filtering + " action outcome about"},
		{page: account + "/notifications", to: account + "/notifications", fields: f("new", "daily", "assigned", "off", "answered", "daily", "due-soon", "off", "late", "off")},
		{page: account, to: account + "/sessions/{session}/end"},
		{page: account + "/passkeys", to: account + "/passkeys", fields: f("answer", "{}"), direct: true},
		{page: account + "/passkeys/{passkey}", to: account + "/passkeys/{passkey}/name", fields: f("name", "Phone")},
		{page: account + "/app", to: account + "/app", fields: f("code", "000000")},
		{page: account + "/recovery-codes", to: account + "/recovery-codes"},
		{page: account, to: account + "/password", fields: f("current", "not the one", "password", "nine quiet herons fly")},
		{page: "/admin/confirm", to: "/admin/confirm", fields: f("password", "not the one", "code", "000000")},
		{page: "/admin/confirm", to: "/admin/confirm/passkey", fields: f("answer", "{}"), direct: true},
		{page: account, to: account + "/end-sessions"},
		{page: account + "/passkeys/{passkey}", to: account + "/passkeys/{passkey}/remove"},
		{page: other, to: other + "/note", fields: f("note", "A last note")},
	}
}

// routeOf is the row of the table that a form is sent to.
func routeOf(t *testing.T, routes []page.Route, f staffForm) page.Route {
	t.Helper()
	for _, route := range routes {
		if route.Method == http.MethodPost && regexp.MustCompile("^"+parameter.ReplaceAllString(route.Path, `[^/]+`)+"$").MatchString(f.to) {
			return route
		}
	}
	t.Fatalf("%s is no form's address", f.to)
	return page.Route{}
}

// forgeries are fields with values that somebody could gain by.
func (p *place) forgeries() url.Values {
	forged := servertest.Fields("role", "lead", "epoch", "99", "email", "forged@example.org", "name", "Forged Name", "disabled_at", "", "has_app", "true",
		"stage", "returned", "state", "closed", "to", "returned", "reference", p.at["other"], "case", p.at["other"], "cases", p.at["other"],
		"request", p.at["other-request"], "request_id", p.at["other-request"], "enquiry", p.at["other-enquiry"], "offer", p.at["other-offer"],
		"set_aside", "true", "set_aside_at", "1999-01-01", "suspicion", "trap", "received", "1999-01-01", "received_at", "1999-01-01T00:00:00Z", "created_at", "1999-01-01T00:00:00Z",
		"result", `{"days":0}`, "days", "0", "version", "9999999999", "revision", "99", "import", p.at["other"], "import_id", p.at["viewer"], "import_row", "1", "leads", "yes", "own", "true",
		"columns", "all", "column", "email", "column-0", "email", "permission", "manage-staff", "fresh", "yes", "proved_at", "2999-01-01", "kept", "1", "expires_at", "2999-01-01",
		"due", "2999-01-01", "due_day", "2999-01-01", "nonce", "forged", "outcome", "done", "action", "sign-in", "detail", "forged")
	for _, name := range []string{"account", "account_id", "assignee", "assignee_id", "by", "staff", "staff_id", "owner", "viewer", "actor", "user", "id"} {
		forged.Set(name, p.at["somebody"])
	}
	return forged
}

// fill gives what a browser would send of a form, and the form; that is nil
// where the page has none.
func (p *place) fill(f staffForm) (url.Values, *pagetest.Field) {
	p.t.Helper()
	p.signedIn()
	shown := p.Get(p.address(f.page)).Want(http.StatusOK)
	values, form := url.Values{page.FormKeyField: {formKey(shown)}}, (*pagetest.Field)(nil)
	if !f.direct {
		form = shown.Doc().Find(`form[action="` + p.address(f.to) + `"]`)
		if form.Length() != 1 {
			p.t.Fatalf("%s has %d forms to %s; main says %.1000s", p.address(f.page), form.Length(), p.address(f.to), shown.Text("main"))
		}
		values = pagetest.Filled(form)
	}
	for name, list := range f.fields {
		values[name] = nil
		for _, value := range list {
			values.Add(name, p.address(value))
		}
	}
	return values, form
}

// send sends a form, and what is kept of the answer.
func (p *place) send(f staffForm, route page.Route, values url.Values) *pagetest.Page {
	p.t.Helper()
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"}}
	body := values.Encode()
	if route.File != "" {
		var kind string
		body, kind = pagetest.Multipart(p.t, values, pagetest.File{Field: route.File, Name: "more.csv", Content: cases + "\r\n"})
		header.Set("Content-Type", kind)
	}
	got := p.Ask(http.MethodPost, p.address(f.to), body, header)
	if f.keep != "" {
		p.at[f.keep] = got.Location[strings.LastIndex(got.Location, "/")+1:]
	}
	return got
}

// TestFormsTakeWhatTheirPagesHaveAndNoMore sends each form of the staff area on
// copies of a portal, for each role that may send it. Those who may not see what
// it is about try it as well, and people try what belongs to somebody else.
func TestFormsTakeWhatTheirPagesHaveAndNoMore(t *testing.T) {
	t.Parallel()
	world := newWorld(t)
	for _, role := range staff.Roles() {
		t.Run(string(role)+" with other fields", func(t *testing.T) { withOtherFields(t, world.place(t, role), world.place(t, role)) })
		if role != staff.Viewer { // no form of theirs has choices
			t.Run(string(role)+" with other choices", func(t *testing.T) { withOtherChoices(t, world.place(t, role)) })
		}
		t.Run(string(role)+" where it is closed", func(t *testing.T) { whereItIsClosed(t, world.place(t, role)) })
	}
}

// withOtherFields sends forms in two copies of a portal: as the page has them,
// and with fields that the page does not have, which point to other people, other
// cases and what a form does not set. Both answers and all that is in both
// databases afterwards must be the same.
func withOtherFields(t *testing.T, plain, forged *place) {
	sent := map[string]bool{}
	for _, f := range staffForms() {
		route := routeOf(t, plain.Routes(), f)
		sent[route.Path] = true
		if route.Who.Allows(plain.role) {
			wantTheSame(t, f, route, plain, forged)
		}
	}
	for _, route := range plain.Routes() {
		if route.Method == http.MethodPost && route.Who.NeedsStaff() && !sent[route.Path] {
			t.Errorf("the test has no form to %s", route.Path)
		}
	}
}

func wantTheSame(t *testing.T, f staffForm, route page.Route, plain, forged *place) {
	t.Helper()
	values, form := plain.fill(f)
	want := plain.send(f, route, values)
	values, _ = forged.fill(f)
	for name, list := range forged.forgeries() {
		own := values.Has(name) || slices.Contains(strings.Fields(f.reads), name)
		if !own && (form == nil || form.Find("[name='"+name+"']").Length() == 0) {
			values[name] = list
		}
	}
	got := forged.send(f, route, values)
	t.Logf("%-60s %d, %d with forged fields", f.to, want.Status, got.Status)
	if got.Status != want.Status || forged.without(got.Location) != plain.without(want.Location) {
		t.Errorf("%s answers %d to %q, and with forged fields %d to %q", f.to, want.Status, want.Location, got.Status, got.Location)
	}
	if strings.HasPrefix(want.Header.Get("Content-Type"), "text/csv") && plain.without(got.Body) != plain.without(want.Body) {
		t.Errorf("%s gives a file, and with forged fields another:\n%s\n%s", f.to, want.Body, got.Body)
	}
	if different := beside(plain.all(), forged.all()); len(different) > 0 {
		t.Fatalf("%s changes with forged fields something else:\n%s", f.to, strings.Join(different, "\n"))
	}
}

// withOtherChoices sends forms with choices that their pages do not offer: an
// account that has no cases, a stage and a role that nobody may choose. Each is
// refused, and changes nothing.
func withOtherChoices(t *testing.T, p *place) {
	tried := 0
	for _, f := range staffForms() {
		route := routeOf(t, p.Routes(), f)
		if !route.Who.Allows(p.role) {
			continue
		}
		_, form := p.fill(f)
		before := p.all("audit_event", "session", "staff_session")
		for _, name := range choices(form) {
			if slices.Contains(strings.Fields(f.unread), name) {
				continue
			}
			for _, value := range []string{p.at["viewer"], "returned", "owner"} {
				if form.Find("[name='"+name+"'][value='"+value+"'], [name='"+name+"'] [value='"+value+"']").Length() > 0 {
					continue
				}
				tried++
				values, _ := p.fill(f)
				values.Set(name, value)
				if got := p.send(f, route, values); got.Status < 400 || got.Status >= 500 {
					t.Errorf("%s with %s=%s answers %d to %q, want it refused", f.to, name, value, got.Status, got.Location)
				}
			}
		}
		if different := beside(before, p.all("audit_event", "session", "staff_session")); len(different) > 0 {
			t.Fatalf("%s changes with choices that it does not offer:\n%s", f.to, strings.Join(different, "\n"))
		}
		values, _ := p.fill(f)
		p.send(f, route, values)
	}
	if p.role.May(staff.WorkCases) && tried < 20 {
		t.Errorf("%d choices were tried, want those of all forms", tried)
	}
}

// choices are the names of the fields of a form that are chosen from a list.
func choices(form *pagetest.Field) []string {
	var names []string
	if form != nil {
		for _, field := range form.Find("select[name], input[type=radio]").EachIter() {
			names = append(names, field.AttrOr("name", ""))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// whereItIsClosed asks for each page of a real case, enquiry and offer, and sends
// each of its forms, as a role that may not, and for what is a colleague's own.
func whereItIsClosed(t *testing.T, p *place) {
	before := p.all("audit_event", "session", "staff_session")
	tried := 0
	for _, route := range p.Routes() {
		for _, name := range []string{"case", "enquiry", "offer"} {
			list := "/admin/" + map[string]string{"case": "expressions", "enquiry": "enquiries", "offer": "offers"}[name]
			if !strings.HasPrefix(route.Path, list+"/{reference}") || route.Who.Allows(p.role) {
				continue
			}
			tried++
			route.Path = strings.Replace(route.Path, "{reference}", p.at[name], 1)
			if got := ask(t, p.Visitor, route, formKey(p.signedIn()), p.forgeries()); got.Status != http.StatusForbidden || strings.Contains(got.Body, p.at[name]) {
				t.Errorf("%s %s = %d, want 403 and nothing about it", route.Method, route.Path, got.Status)
			}
		}
	}
	if !p.role.May(staff.SeeCases) && tried < 25 {
		t.Errorf("%d routes of a case, an enquiry and an offer were tried, want all", tried)
	}
	p.triesWhatIsNotTheirs()
	if different := beside(before, p.all("audit_event", "session", "staff_session")); len(different) > 0 {
		t.Errorf("what is closed was changed:\n%s", strings.Join(different, "\n"))
	}
}

// triesWhatIsNotTheirs asks for everything that another person has of their own.
// Deleting a view leads to the queue, also where there was none to delete.
func (p *place) triesWhatIsNotTheirs() {
	p.t.Helper()
	other := p.world.at[staff.Lead]
	if p.role == staff.Lead {
		other = p.world.at[staff.Reviewer]
	}
	own := map[string]string{"/admin/expressions/views/{id}": "view", "/admin/expressions/export/{id}": "export", "/admin/account/passkeys/{id}": "passkey",
		"/admin/expressions/import/{id}": "import", "/admin/account/sessions/{id}": "me"}
	for _, route := range p.Routes() {
		for prefix, name := range own {
			if !strings.HasPrefix(route.Path, prefix) || other[name] == "" {
				continue
			}
			route.Path = strings.Replace(route.Path, "{id}", other[name], 1)
			got := ask(p.t, p.Visitor, route, formKey(p.signedIn()), url.Values{"name": {"Forged"}})
			if want := map[bool]int{true: http.StatusNotFound, false: http.StatusForbidden}[route.Who.Allows(p.role)]; got.Status != want && got.Location != "/admin/expressions" {
				p.t.Errorf("%s %s of somebody else = %d, want %d", route.Method, route.Path, got.Status, want)
			}
		}
	}
}
