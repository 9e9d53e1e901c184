package server_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
)

// fuzzLead is a lead of a portal who can ask from within a fuzz target, where
// a visitor cannot.
type fuzzLead struct {
	portal      *servertest.Portal
	cookie, key string
	caseURL     string // of a case that there is
}

// newFuzzLead makes a portal with a case, an account and some cookies.
func newFuzzLead(f *testing.F) *fuzzLead {
	f.Helper()
	l := &fuzzLead{portal: servertest.New(f)}
	sender := l.portal.Visitor(f)
	sent := sender.Send(servertest.Whole(f, sender), "/apply/check", nil).Want(http.StatusSeeOther)
	l.caseURL = "/admin/expressions/" + referenceOf(sender.Follow(sent).Want(http.StatusOK))
	visitor := pagetest.New(f, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host, l.cookie = "localhost", r.Header.Get("Cookie")
		l.portal.ServeHTTP(w, r)
	}))
	servertest.SignIn(f, visitor, l.portal.Add(f, staff.Lead))
	l.key = formKey(visitor.Get("/admin/account").Want(http.StatusOK))
	return l
}

// ask makes a request and fails the test when the portal is at fault. It gives
// the status, and where a redirect leads.
func (l *fuzzLead) ask(t *testing.T, method, path, kind, body string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.Host = "localhost"
	address, err := url.ParseRequestURI(path)
	if err != nil {
		return 0, "" // no browser and no server of Go's reads such a request
	}
	r.URL, r.RequestURI = address, path
	r.Header.Set("Cookie", l.cookie)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	w := httptest.NewRecorder()
	l.portal.ServeHTTP(w, r)
	if w.Code >= http.StatusInternalServerError {
		t.Errorf("%s %s with %q answers %d", method, path, body, w.Code)
	}
	return w.Code, w.Header().Get("Location")
}

// FuzzStaffAddress asks for each list of the staff area with what an address
// may hold, and with a place in the list: there is always an answer.
func FuzzStaffAddress(f *testing.F) {
	lead := newFuzzLead(f)
	pages := []string{"/admin/expressions", "/admin/expressions/export", "/admin/expressions/bulk", "/admin/expressions/import", "/admin/enquiries",
		"/admin/offers", "/admin/audit", "/admin/audit.csv", "/admin/kept", "/admin", "/admin/figures/steps", lead.caseURL}
	const id = "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"
	for _, seed := range []struct{ query, place string }{
		{"", ""}, {"tab=all&sort=newest&late=yes", "2026-11-20T12:00:00Z 2026-11-27 " + id}, {"tab=needs-us&sort=changed", "2026-11-20T12:00:00Z  " + id},
		{"sort=due", "2026-11-20T12:00:00Z 0000-01-01 " + id}, {"sort=oldest", "9999-12-31T23:59:59.999999999Z 9999-12-31 " + id}, {"from=2026-02-30&to=1/2/2026", "0001-01-01T00:00:00+23:59 2026-11-27 " + id},
		{"page=9999999999&after=9999999999&after-case=-1", ""}, {"assignee=" + id + "&organisation=any&stage=received&age=week&help=placement", ""},
		{"who=staff&action=expression.view&before=9223372036854775807.1&about=" + id, ""}, {"search=x&columns=yes", "AAAA"},
		{"from=1.1.0001&to=31.12.9999", ""}, {"profession=%00&from=%ff", ""},
	} {
		f.Add(seed.query, seed.place, false)
		f.Add(seed.query, seed.place, true)
	}
	f.Fuzz(func(t *testing.T, query, place string, before bool) {
		if place != "" {
			name := "after"
			if before {
				name = "before"
			}
			query += "&" + name + "=" + base64.RawURLEncoding.EncodeToString([]byte(place))
		}
		for _, one := range pages {
			lead.ask(t, http.MethodGet, one+"?"+query, "", "")
		}
	})
}

// FuzzStaffForm sends each form of the staff area that carries a version, or
// ids or days, with what a browser would never send: there is always an answer.
func FuzzStaffForm(f *testing.F) {
	lead := newFuzzLead(f)
	enquiry, offer := "/admin/enquiries/"+sendEnquiry(f, lead.portal), "/admin/offers/"+sendOffer(f, lead.portal)
	forms := []string{enquiry + "/change", offer + "/change", lead.caseURL + "/assign", lead.caseURL + "/move", lead.caseURL + "/hold", lead.caseURL + "/ask", lead.caseURL + "/correct/name",
		"/admin/mailbox", "/admin/times/holidays", "/admin/times/stages", "/admin/retention/ended-expression", "/admin/rules/figures/short-days", "/admin/rules/check",
		"/admin/expressions/bulk", "/admin/expressions/search", "/admin/expressions/views", "/admin/audit", "/admin/staff/sample/role",
		"/admin/account/sessions/sample/end", "/admin/expressions/views/sample/delete"}
	names := []string{"version", "seen", "edition", "assignee", "to", "day", "month", "year", "value", "period", "cases", "filter", "entry", "received", "about", "from", "text", "name", "step", "nonce"}
	for i, seed := range []string{"", "0", "-1", "9999999999", "99999999999999999999", "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e", "2026-02-30", "0000-01-01", "tab=all&after=AAAA", "İ", "\u202e", "a\nb"} {
		f.Add(uint8(i), seed, uint8(i), seed)
	}
	f.Fuzz(func(t *testing.T, name uint8, value string, other uint8, second string) {
		fields := servertest.Fields(page.FormKeyField, lead.key, "version", "1", "note", "A note", "why", "They rang", "day", "1", "month", "2", "year", "2027",
			"email", "team@example.org", "how", "phone", "new", "daily", "assigned", "off", "answered", "off", "due-soon", "off", "late", "off", "me", "yes", "to", "in-review", "name", "A name")
		fields.Set(names[int(name)%len(names)], value)
		fields.Set(names[int(other)%len(names)], second)
		for _, form := range forms {
			lead.ask(t, http.MethodPost, form, "application/x-www-form-urlencoded", fields.Encode())
		}
	})
}

// FuzzUpload sends files as browsers do, looks at what was read of each, says
// what its columns are, and discards it: there is always an answer.
func FuzzUpload(f *testing.F) {
	lead := newFuzzLead(f)
	for _, seed := range []struct{ name, content string }{
		{"cases.csv", cases}, {"", ""}, {"a.csv", "Name,Email\r\nAda,ada@example.org\r\n"}, {"b.csv", "\ufeffName;Email\n\"Ada\n;"}, {"c.xlsx", "PK\x03\x04 and no more"},
		{"../../d.csv", "\x00,\xff\n1,2\n"}, {"e\r\nContent-Type: text/html\r\n\r\n.csv", "a\tb\n1\t2\n"}, {strings.Repeat("f", 300) + ".csv", "Name\n" + strings.Repeat("x", 70000)},
		{"g.csv", strings.Repeat("a;", 600) + "\n" + strings.Repeat("1;", 600)}, {"h.csv", "Name,Name,,\u202e\nA,B,C,\u0000"},
	} {
		f.Add(seed.name, seed.content, "column-1")
	}
	f.Fuzz(func(t *testing.T, name, content, column string) {
		key := url.Values{page.FormKeyField: {lead.key}}
		body, kind := pagetest.Multipart(t, key, pagetest.File{Field: "file", Name: name, Content: content})
		status, file := lead.ask(t, http.MethodPost, importPath, kind, body)
		if status != http.StatusSeeOther || !strings.HasPrefix(file, importPath+"/") {
			return
		}
		lead.ask(t, http.MethodGet, file, "", "")
		mapped := url.Values{page.FormKeyField: {lead.key}, column: {"email"}, "column-2": {"profession"}}
		const form = "application/x-www-form-urlencoded"
		for _, change := range []string{"", "/start", "/discard"} {
			lead.ask(t, http.MethodPost, file+change, form, mapped.Encode())
		}
		lead.ask(t, http.MethodGet, fmt.Sprintf("%s?columns=yes&after=%d", file, len(content)), "", "")
	})
}
