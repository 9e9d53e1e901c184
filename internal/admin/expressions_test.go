package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ahpfaculty/internal/staff"
)

func TestTabsCountTheirCasesAndKeepTheFilters(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, account := p.signedIn(staff.Reviewer)
	mine, other := p.expression("Zoë Example", "physiotherapists"), p.expression("Kwame Sample", "dietitians")
	if _, err := p.pool.Exec(t.Context(), `update expression set assignee_id = $2 where id = $1`, mine.ID, account.ID); err != nil {
		t.Fatalf("assigning: %v", err)
	}
	tabs := visitor.Get("/admin/expressions").Want(http.StatusOK).Text(".app-tabs")
	for _, want := range []string{"Needs us 2", "Mine 1", "Unassigned 1", "With the returner 0", "On hold 0", "Ended 0", "All 2"} {
		if !strings.Contains(strings.Join(strings.Fields(tabs), " "), want) {
			t.Errorf("the tabs say %q, want %q", tabs, want)
		}
	}
	visitor.Get("/admin/expressions?tab=mine").Want(http.StatusOK).Has("tbody", mine.Reference).Has("tbody", account.Name).Has("[aria-current=page]", "Mine")
	unassigned := visitor.Get("/admin/expressions?tab=unassigned&profession=dietitians").Want(http.StatusOK).Has("tbody", other.Reference).Has("tbody", "Nobody")
	if n := unassigned.Doc().Find(".app-tabs a[href*='profession=dietitians']").Length(); n != 7 {
		t.Errorf("%d tabs keep the filter, want 7", n)
	}
	without, _ := unassigned.Doc().Find(".app-chips a").First().Attr("href")
	if without != "/admin/expressions?tab=unassigned" {
		t.Errorf("the filter's link leads to %s, want the tab without it", without)
	}
}

func TestQueueSaysWhenACaseIsDue(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	c := p.expression("Zoë Example", "physiotherapists")
	visitor.Get("/admin/expressions").Has("tbody", "No limit")
	for _, one := range []struct{ due, want string }{
		{"add_working_days(day_of(now()), 2)", "2 working days left"},
		{"day_of(now())", "Due today"},
		{"add_working_days(day_of(now()) - 10, 1)", "working days late"},
	} {
		if _, err := p.pool.Exec(t.Context(), `update expression set due_on = `+one.due+` where id = $1`, c.ID); err != nil {
			t.Fatalf("setting a day: %v", err)
		}
		visitor.Get("/admin/expressions").Want(http.StatusOK).Has("tbody", one.want)
	}
	visitor.Get("/admin/expressions?late=yes").Want(http.StatusOK).Has("h2", "1 case").Has("tbody .nhsuk-tag--red", "Late")
}

func TestTakingTheNextOneLeadsToTheOldest(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, account := p.signedIn(staff.Reviewer)
	empty := visitor.Get("/admin/expressions")
	visitor.Follow(visitor.Send(empty, "/admin/expressions/take", nil).Want(http.StatusSeeOther)).Has("main", "No case waits for somebody to take it")
	first, second := p.expression("Zoë Example", "physiotherapists"), p.expression("Kwame Sample", "dietitians")
	form := visitor.Get("/admin/expressions")
	for range 2 { // a double click
		taken := visitor.Send(form, "/admin/expressions/take", nil).Want(http.StatusSeeOther)
		if !strings.HasSuffix(taken.Location, first.Reference) {
			t.Errorf("taking leads to %s, want the oldest, %s", taken.Location, first.Reference)
		}
		visitor.Follow(taken).Want(http.StatusOK).Has("main", "You have this case now")
	}
	if got := p.read(first.Reference); got.AssigneeID != account.ID || got.Version != 2 {
		t.Errorf("the case is %q's, version %d, want %q's, 2", got.AssigneeID, got.Version, account.ID)
	}
	if got := p.read(second.Reference); got.AssigneeID != "" {
		t.Errorf("a double click took a second case")
	}
}

func TestViewsAreSavedOpenedAndDeletedByWhoeverMadeThem(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	visitor, _ := p.signedIn(staff.Reviewer)
	p.expression("Kwame Sample", "dietitians")
	const address, save = "/admin/expressions?profession=dietitians&tab=all", "/admin/expressions/views"
	form := visitor.Get(address).Want(http.StatusOK).Has("main", "You have no views yet")
	visitor.Send(form, save, url.Values{"view": {" "}}).Want(http.StatusUnprocessableEntity).Has("#view-error", "Enter a name for this view")
	for range 2 {
		visitor.Follow(visitor.Send(form, save, url.Values{"view": {"Dietitians"}}).Want(http.StatusSeeOther)).Has("main", "View saved: Dietitians").Has("h2", "1 case")
	}
	visitor.Send(visitor.Get("/admin/expressions?late=yes"), save, url.Values{"view": {"Dietitians"}}).Want(http.StatusUnprocessableEntity).Has("#view-error", "with this name already")
	page := visitor.Get("/admin/expressions")
	link, _ := page.Doc().Find(".app-views a").First().Attr("href")
	if link != address {
		t.Errorf("the view leads to %s, want %s", link, address)
	}
	other, _ := p.signedIn(staff.Lead)
	theirs := other.Get("/admin/expressions").Has("main", "You have no views yet")
	action, _ := page.Doc().Find(".app-views form").First().Attr("action")
	other.Post(action, formKey(theirs)).Want(http.StatusSeeOther)
	if n := p.count(`select count(*) from staff_view`); n != 1 {
		t.Errorf("%d views after somebody else deleted one, want 1", n)
	}
	visitor.Follow(visitor.Send(page, action, nil).Want(http.StatusSeeOther)).Has("main", "View deleted").Has("main", "You have no views yet")
}
