package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestACaseIsAssignedAndHandedOver(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	first, account := p.signedIn(staff.Reviewer)
	lead, _ := p.signedIn(staff.Lead)
	p.signedIn(staff.Editor)
	path := "/admin/expressions/" + c.Reference
	const assign = "/assign"
	form := lead.Get(path).Has("main", "Nobody has this case")
	if n := form.Doc().Find("select[name=assignee] option").Length(); n != 3 {
		t.Errorf("%d choices, want nobody and the two who work on cases", n)
	}
	opened := first.Get(path)
	me := url.Values{"me": {"yes"}}
	first.Send(opened, path+assign, me).Want(http.StatusSeeOther)
	mine := first.Get(path).Has("main", "You have this case").Has(".app-timeline", "Assigned to Sam Rivers")
	if n := mine.Doc().Find("form[action$='/assign'] [name=me]").Length(); n != 0 {
		t.Error("the page offers to assign a case to who has it")
	}
	lead.Send(form, path+assign, url.Values{"assignee": {""}}).Want(http.StatusConflict).
		Has(".nhsuk-card--warning", "Assigned to Sam Rivers")
	lead.Send(lead.Get(path), path+assign, url.Values{"assignee": {"7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"}}).
		Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary", "Select somebody who can have cases")
	if err := p.staff.Disable(t.Context(), staff.By{}, account.ID); err != nil {
		t.Fatalf("Disable: %v", err)
	}
	left := lead.Get(path).Has("main", "Sam Rivers (was disabled) has this case")
	lead.Send(left, path+assign, me).Want(http.StatusSeeOther)
	lead.Get(path).Has("main", "You have this case").Has(".app-timeline", "Handed over from Sam Rivers to Sam Rivers")
	lead.Send(lead.Get(path), path+assign, url.Values{"assignee": {""}}).Want(http.StatusSeeOther)
	lead.Get(path).Has("main", "Nobody has this case").Has(".app-timeline", "Taken from Sam Rivers, to nobody").Has("dl", "Assigned toNobody")
	lead.Get(path+"/data").Has(".app-timeline", "Another member of staff works on it")
}
