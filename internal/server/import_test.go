package server_test

import (
	"encoding/csv"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/page/pagetest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/staff/stafftest"
)

const importPath = "/admin/expressions/import"

// cases is a spreadsheet with two rows that are right and two that are not.
const cases = "Surname;First name;E-mail;Mobile;Profession;Date received;=Status;Said\r\n" +
	"Lovelace;Ada;ada.l@example.org;;Physiotherapist;03/02/2026;In review;\"Rang; wrote\"\r\n" +
	"Seacole;Mary;;07700 900124;Dietitian;11/05/2026;;\r\n" +
	"=Night;Florence;nothing;;Nurse;soon;Nowhere;\r\n" +
	"Curie;Marie;marie@example.org;;Dietitian;11/05/2026;Nowhere;\r\n"

// columnsOf says what the columns of cases are.
var columnsOf = servertest.Fields("column-1", "last_name", "column-2", "first_name", "column-3", "email", "column-4", "phone",
	"column-5", "profession", "column-6", "received", "column-7", "stage", "column-8", "notes")

// upload sends a file from the page that asks for one.
func upload(t *testing.T, lead *pagetest.Visitor, name, content string) *pagetest.Page {
	t.Helper()
	return lead.SendFile(lead.Get(importPath).Want(http.StatusOK), importPath, nil, pagetest.File{Field: "file", Name: name, Content: content})
}

// atRest waits until no job works on a file, and gives its page.
func atRest(t *testing.T, lead *pagetest.Visitor, path string) *pagetest.Page {
	t.Helper()
	for range 400 {
		if shown := lead.Get(path).Want(http.StatusOK); shown.Header.Get("Refresh") == "" {
			return shown
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s is still worked on", path)
	return nil
}

func TestALeadImportsASpreadsheet(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	inbox := portal.Work(t, slog.New(slog.DiscardHandler))
	lead, account := portal.Visitor(t), portal.Add(t, staff.Lead)
	servertest.SignIn(t, lead, account)
	file := upload(t, lead, `C:\old\cases.csv`, cases).Want(http.StatusSeeOther).Location
	asked := lead.Get(file).Want(http.StatusOK).Has("h1", "Say what the columns are").Has("h1", "cases.csv").Has("main", "“Lovelace”")
	if n := portal.Count(t, `select count(*) from audit_event where action = 'import.view' and subject_kind = 'import' and subject_id = $1 and actor_id = $2`, path.Base(file), account.ID); n != 1 {
		t.Errorf("a look at people's values is %d rows of the audit, want 1", n)
	}
	if got := asked.Doc().Find("[name=column-3] option[selected]").AttrOr("value", ""); got != "email" {
		t.Errorf("the column E-mail is guessed to be %q", got)
	}
	lead.Send(asked, file, servertest.Fields("column-6", "")).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Received")
	lead.Send(asked, file, servertest.Fields("column-8", "last_name")).Want(http.StatusUnprocessableEntity).Has("#column-8-error", "Last name")
	lead.Send(asked, file, servertest.Fields("column-8", "stage_since; drop table expression")).Want(http.StatusBadRequest)
	lead.Send(asked, file, columnsOf).Want(http.StatusSeeOther)
	checked := atRest(t, lead, file).Has("dl", "Have a problem2").Has("tbody", "Profession: Enter one of the 14 professions")
	if n := portal.Count(t, `select count(*) from expression`); n != 0 {
		t.Errorf("%d cases are there before the import was started", n)
	}
	problems := lead.Get(file + "/problems.csv").Want(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(problems.Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != "4" || rows[1][1] != "No" || !strings.HasPrefix(rows[2][2], "'=Status: ") || !strings.HasPrefix(problems.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file of problems has %q, %v, want rows 4 and 5, and no formula", rows, err)
	}
	for _, version := range []string{"0", "9999999999", "2 or 1"} {
		lead.Send(checked, file+"/start", servertest.Fields("version", version)).Want(http.StatusSeeOther)
		lead.Get(file).Want(http.StatusOK).Has("main", "Nothing is imported: somebody chose the columns again")
	}
	lead.Send(checked, file+"/start", nil).Want(http.StatusSeeOther)
	lead.Send(checked, file+"/start", nil).Want(http.StatusSeeOther)
	done := atRest(t, lead, file).Has("h1", "2 expressions imported")
	for _, odd := range []string{"after=9999999999", "after=-1&after-case=99999999999999999999", "after=2&after-case=2", "columns=yes"} {
		lead.Get(file+"?"+odd).Want(http.StatusOK).Has("h1", "2 expressions imported")
	}
	for _, odd := range []string{"/nothing", "/00000000-0000-4000-8000-000000000000", "/nothing/problems.csv"} {
		lead.Get(importPath + odd).Want(http.StatusNotFound)
	}
	came := done.Doc().Find("a[href^='/admin/expressions/']:not([href*=import])")
	if came.Length() != 2 {
		t.Errorf("the page of the import leads to %d cases, want 2", came.Length())
	}
	lead.Get(came.First().AttrOr("href", "none")).Want(http.StatusOK).Has("dl", "Row 2 of cases.csv")
	queue := lead.Get("/admin/expressions?tab=all").Want(http.StatusOK).Has("h2", "2 cases").Has("tbody", "Mary Seacole")
	one := queue.Doc().Find("tbody a:contains(Seacole), tbody tr:contains(Seacole) a").First().AttrOr("href", "")
	lead.Get(one).Want(http.StatusOK).Has("dl", "Row 3 of cases.csv").Has("main", "Not given").Has("main", "has no email address").
		Has(".app-timeline", "Imported from a spreadsheet").Has(".app-timeline", account.Name)
	upload(t, lead, "again.csv", cases).Want(http.StatusUnprocessableEntity).Has("#file-error", "imported already, as cases.csv").Has("#file-error", account.Name)
	lead.Get(importPath).Want(http.StatusOK).Has("tbody", "2 cases imported")
	portal.WaitForMail(t)
	for _, m := range inbox.Received() {
		if m.To[0] != account.Email { // who is told of their own account
			t.Errorf("a mail went to %s, want none", m.To)
		}
	}
}

func TestAFileThatIsNotTakenSaysWhy(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	lead := portal.Visitor(t)
	servertest.SignIn(t, lead, portal.Add(t, staff.Lead))
	form := lead.Get(importPath).Want(http.StatusOK)
	lead.SendFile(form, importPath, nil).Want(http.StatusUnprocessableEntity).Has("#file-error", "Select a file")
	upload(t, lead, "", "").Want(http.StatusUnprocessableEntity).Has("#file-error", "Select a file")
	upload(t, lead, "large.csv", strings.Repeat("x", intake.MaxFile+1)).Want(http.StatusUnprocessableEntity).Has("#file-error", "20 MB or smaller")
	for name, content := range map[string]string{"empty.csv": "", "head.csv": "Name,Profession\r\n", "picture.png": "\x89PNG\r\n\x1a\n\x00\x00", "broken.xlsx": "PK\x03\x04 and no more"} {
		if got := upload(t, lead, name, content); got.Status != http.StatusUnprocessableEntity || got.Text("#file-error") == "" {
			t.Errorf("%s is answered by %d and %q, want 422 and why", name, got.Status, got.Text("#file-error"))
		}
	}
	file := pagetest.File{Field: "file", Name: "cases.csv", Content: cases}
	lead.SendFile(form, importPath, nil, file, file).Want(http.StatusBadRequest)
	lead.SendFile(form, importPath, nil, pagetest.File{Field: "form_key", Name: "cases.csv", Content: cases}).Want(http.StatusBadRequest)
	lead.SendFile(form, importPath, url.Values{"form_key": {"forged"}}, file).Want(http.StatusForbidden)
	lead.Send(form, importPath, nil).Want(http.StatusBadRequest)
	body, kind := pagetest.Multipart(t, url.Values{"form_key": {formKey(form)}}, file)
	header := http.Header{"Content-Type": {kind}, "Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://elsewhere.example"}}
	lead.Ask(http.MethodPost, importPath, body, header).Want(http.StatusForbidden)
	header = http.Header{"Content-Type": {kind}, "Sec-Fetch-Site": {"same-origin"}}
	lead.Ask(http.MethodPost, "/admin/expressions/search", body, header).Want(http.StatusBadRequest)
	lead.Ask(http.MethodPost, "/contact/write", body, header).Want(http.StatusBadRequest)
	portal.Visitor(t).Ask(http.MethodPost, importPath, body, header).Want(http.StatusForbidden)
	if n := portal.Count(t, `select count(*) from intake`); n != 0 {
		t.Errorf("%d files are kept, want none", n)
	}
}

func TestAFileOfSomebodyWhoMustShowWhoTheyAreIsChosenAgain(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	lead, account := portal.Visitor(t), portal.Add(t, staff.Lead)
	servertest.SignIn(t, lead, account)
	for _, test := range []struct {
		passes, to string
		prove      func()
	}{
		{`update staff_session set proved_at = proved_at - interval '10 minutes'`, "/admin/confirm", func() {
			proof := url.Values{"password": {servertest.Password}, "code": {stafftest.Code(t, account.ID)}}
			lead.Send(lead.Get("/admin/confirm"), "/admin/confirm", proof).Want(http.StatusSeeOther)
		}},
		{`update session set expires_at = now() - interval '1 second'`, "/admin/sign-in", func() { servertest.SignIn(t, lead, account) }},
	} {
		form := lead.Get(importPath).Want(http.StatusOK)
		if _, err := portal.Pool.Exec(t.Context(), test.passes); err != nil {
			t.Fatalf("letting time pass: %v", err)
		}
		large := cases + strings.Repeat("x", 5<<20) // more than a server reads that does not care
		late := lead.SendFile(form, importPath, nil, pagetest.File{Field: "file", Name: "cases.csv", Content: large}).Want(http.StatusSeeOther)
		if late.Location != test.to {
			t.Fatalf("a late file leads to %s, want %s", late.Location, test.to)
		}
		lead.Follow(late).Want(http.StatusOK).Has("main", "The file that you sent was not taken")
		if n := portal.Count(t, `select count(*) from intake`) + portal.Count(t, `select count(*) from session where position('Lovelace'::bytea in data) > 0`); n != 0 {
			t.Errorf("%d rows keep the file, want none", n)
		}
		test.prove()
		if again := lead.Get(importPath).Want(http.StatusOK).Text("main"); !strings.Contains(again, "The file that you sent was not taken") {
			t.Errorf("the page of files says %q, want that the file was not taken", again)
		}
		if again := lead.Get(importPath).Text("main"); strings.Contains(again, "was not taken") {
			t.Error("the page of files says it again")
		}
	}
}

// TestAFileMayTakeItsTime sends one to a server whose limits are over before
// half of it is there.
func TestAFileMayTakeItsTime(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listening: %v", err)
	}
	server := &http.Server{ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "localhost"
		portal.ServeHTTP(w, r)
	})}
	go func() { _ = server.Serve(listener) }() // which ends with the test
	t.Cleanup(func() { _ = server.Close() })
	lead := pagetest.At(t, "http://"+listener.Addr().String())
	servertest.SignIn(t, lead, portal.Add(t, staff.Lead))
	form := lead.Get(importPath).Want(http.StatusOK)
	lead.Slowly(150, 700*time.Millisecond) // 2 kilobytes in more than 5 seconds
	file := pagetest.File{Field: "file", Name: "cases.csv", Content: cases + strings.Repeat(";;;;;;;\r\n", 100)}
	lead.SendFile(form, importPath, nil, file).Want(http.StatusSeeOther)
}
