package admin_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

const exports = "/admin/expressions/export"

func TestALeadExportsWhatTheFilterMatches(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	one, other := p.expression("=Ann Sample", "physiotherapists"), p.expression("Zoë Other", "dietitians")
	lead, account := p.signedIn(staff.Lead)
	found := lead.Follow(lead.Send(lead.Get("/admin/expressions"), "/admin/expressions/search", url.Values{"text": {"Ann"}})).Want(http.StatusOK)
	link := found.Doc().Find(`a[href^="`+exports+`"]`).AttrOr("href", "")
	form := lead.Get(link).Want(http.StatusOK).Has("h2", "1 expression").Has("dl", "Ann").Has("main", "apostrophe").Has("main", "Phone number")
	lead.Send(form, exports, url.Values{"format": {"doc"}, "names": {""}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary", "Select a kind of file").Has(".nhsuk-error-summary", "Select whether names")
	file := lead.Send(form, exports, url.Values{"format": {"csv"}, "names": {"yes"}}).Want(http.StatusOK)
	if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="expressions-`) || !strings.HasSuffix(got, `.csv"`) {
		t.Errorf("the file is sent as %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != one.Reference || len(rows[1]) != len(interest.ExportColumns(true, true)) {
		t.Fatalf("the file has %q, %v, want the one case", rows, err)
	}
	if all := strings.Join(rows[1], "|"); !strings.Contains(all, "|'=Ann Sample|") {
		t.Errorf("the row is %q, want an apostrophe before the formula", all)
	}
	file = lead.Send(lead.Get(exports+"?tab=all"), exports, url.Values{"format": {"json"}, "names": {"no"}}).Want(http.StatusOK)
	var list []map[string]any
	if err := json.Unmarshal([]byte(file.Body), &list); err != nil || len(list) != 2 || list[0]["name"] != nil {
		t.Errorf("the file has %v, %v, want both cases without names", list, err)
	}
	lead.Get("/admin/expressions/"+other.Reference).Has(".app-timeline", "Exported to a file: JSON").Has(".app-timeline", account.Name)
	lead.Get("/admin/expressions/"+other.Reference+"/data").Has(".app-timeline", "Exported to a file: JSON")
	if audit := lead.Get("/admin/audit").Text("tbody"); !strings.Contains(audit, "words=1") || strings.Contains(audit, "Ann") || !strings.Contains(audit, "1 of 1 rows") {
		t.Errorf("the audit says %q, want the number of words alone, and of rows", audit)
	}
}

func TestAReviewerExportsTheirOwnCasesAlone(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	mine, others := p.expression("Zoë Example", "physiotherapists"), p.expression("Ann Other", "dietitians")
	reviewer, _ := p.signedIn(staff.Reviewer)
	path := "/admin/expressions/" + mine.Reference
	reviewer.Send(reviewer.Get(path), path+"/assign", url.Values{"me": {"yes"}}).Want(http.StatusSeeOther)
	form := reviewer.Get(exports+"?tab=all").Want(http.StatusOK).Has("h2", "1 expression").Has("main", "assigned to you")
	file := reviewer.Send(form, exports, url.Values{"format": {"csv"}, "names": {"yes"}}).Want(http.StatusOK)
	if !strings.Contains(file.Body, mine.Reference) || strings.Contains(file.Body, others.Reference) || strings.Contains(file.Body, "07700") || !strings.Contains(file.Body, "zoe@example.com") {
		t.Errorf("the file is %q, want the reviewer's case without what leads alone export", file.Body)
	}
	if n := reviewer.Get(exports+"?tab=unassigned").Want(http.StatusOK).Has("main", "cases of other people, or of nobody").Doc().Find("form[action='" + exports + "']").Length(); n != 0 {
		t.Error("the page offers to export cases that nobody has")
	}
	forged := url.Values{"format": {"csv"}, "names": {"yes"}, "tab": {"unassigned"}}
	reviewer.Send(form, exports, forged).Want(http.StatusForbidden)
	forged.Set("tab", "all")
	forged.Set("assignee", "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e")
	reviewer.Send(form, exports, forged).Want(http.StatusForbidden)
	ordered := reviewer.Send(form, exports, url.Values{"format": {"xlsx"}, "names": {"yes"}}).Want(http.StatusSeeOther).Location
	reviewer.Get(ordered).Want(http.StatusOK).Has("main", "is being written")
	lead, _ := p.signedIn(staff.Lead)
	lead.Get(ordered).Want(http.StatusNotFound)
	lead.Send(lead.Get("/admin/account"), "/admin/sign-out", nil)
	again, _ := p.signedIn(staff.Lead)
	again.Get(exports + "?from=nonsense").Want(http.StatusBadRequest)
	again.Get(exports + "/not-an-id").Want(http.StatusNotFound)
}
