package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

const timesPath = "/admin/times"

// holidays puts as many bank holidays as a year usually has, all of one year, in
// the place of those of the content.
func (p *portal) holidays(year int) {
	p.t.Helper()
	var holidays []workday.Holiday
	for month := range time.Month(8) {
		holidays = append(holidays, workday.Holiday{Day: updating.Date{Year: year, Month: month + 1, Day: 10}, Name: "A holiday"})
	}
	if err := (workday.Store{DB: p.pool}).Replace(p.t.Context(), holidays); err != nil {
		p.t.Fatalf("Replace: %v", err)
	}
}

func TestLeadSetsHowLongStagesMayTake(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	lead, account := p.signedIn(staff.Lead)
	lead.Get("/admin").Has("a[href='"+timesPath+"']", "Times and bank holidays")
	form := lead.Get(timesPath).Want(http.StatusOK).Has("#received-hint", "To be set by the faculty")
	const action = timesPath + "/stages"
	lead.Send(form, action, url.Values{"received": {"5"}, "updating": {"many"}}).Want(http.StatusUnprocessableEntity).
		Has(".nhsuk-error-summary a[href='#updating']", "whole number from 1 to 250").Has("#updating-error", "Updating")
	if n := p.count(`select count(*) from stage_limit where working_days is not null`); n != 0 {
		t.Errorf("%d stages have a limit after a mistake, want none", n)
	}
	fields := url.Values{"received": {"5"}, "updating": {"120"}}
	for range 2 {
		saved := lead.Send(form, action, fields).Want(http.StatusSeeOther)
		lead.Follow(saved).Want(http.StatusOK).Has(".nhsuk-notification-banner", "saved").Has("#received-hint", "5 working days, set on").Has("#received-hint", "by Sam Rivers")
	}
	if n := p.count(`select count(*) from audit_event where action = 'stage-limit.set' and actor_id = $1`, account.ID); n != 2 {
		t.Errorf("the audit has %d rows, want one for each stage, 2", n)
	}
	stale := lead.Send(form, action, url.Values{"received": {"9"}}).Want(http.StatusConflict).Has(".nhsuk-error-summary", "somebody changed them").
		Has("#received-hint", "5 working days")
	if got, _ := stale.Doc().Find("#received").Attr("value"); got != "9" {
		t.Errorf("the field holds %q after somebody else was first, want what was typed", got)
	}
	lead.Send(stale, action, nil).Want(http.StatusSeeOther)
	limits, err := p.interest.StageLimits(t.Context())
	if err != nil || limits.Of(interest.Received).WorkingDays != 9 || limits.Of(interest.Updating).WorkingDays != 0 {
		t.Errorf("StageLimits() = %+v, %v, want 9 for the first stage alone", limits, err)
	}
}

func TestLeadSetsWhenTheFacultyReplies(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	lead, _ := p.signedIn(staff.Lead)
	form := lead.Get(timesPath).Want(http.StatusOK).Has("#usual-hint", "within 5 working days")
	const action = timesPath + "/replies"
	lead.Send(form, action, url.Values{"usual": {"61"}}).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary a[href='#usual']", "from 1 to 60")
	lead.Send(form, action, url.Values{"usual": {"8"}, "accessibility": {"2"}}).Want(http.StatusSeeOther)
	lead.Get(timesPath).Has("#usual-hint", "Now 8 working days").Has("#accessibility-hint", "Now 2 working days")
	stale := lead.Send(form, action, url.Values{"usual": {"3"}}).Want(http.StatusConflict).Has(".nhsuk-error-summary", "somebody changed them")
	if got, _ := stale.Doc().Find("#usual").Attr("value"); got != "3" {
		t.Errorf("the field holds %q after somebody else was first, want what was typed", got)
	}
	c := p.enquiryFrom("Zoë Example", time.Now(), nil)
	holidays, err := (workday.Store{DB: p.pool}).Holidays(t.Context())
	if want := workday.After(workday.DayOf(c.ReceivedAt), 8, holidays); err != nil || c.Due != want {
		t.Errorf("an enquiry is due on %s, %v, want %s", c.Due, err, want)
	}
}

// nextWorkdays are a working day some days ahead, and the one after it.
func nextWorkdays(t *testing.T, p *portal) (updating.Date, updating.Date) {
	t.Helper()
	holidays, err := (workday.Store{DB: p.pool}).Holidays(t.Context())
	if err != nil {
		t.Fatalf("Holidays: %v", err)
	}
	day := workday.After(workday.DayOf(time.Now()), 3, holidays)
	return day, workday.After(day, 1, holidays)
}

func TestABankHolidayThatALeadAddsIsNoWorkingDay(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	lead, account := p.signedIn(staff.Lead)
	if _, err := p.pool.Exec(t.Context(), `update faculty set reply_working_days = 3`); err != nil {
		t.Fatal(err)
	}
	p.holidays(time.Now().Year() + 1)
	day, after := nextWorkdays(t, p)
	before := p.enquiryFrom("Zoë Example", time.Now(), nil)
	const action, remove = timesPath + "/holidays", timesPath + "/holidays/remove"
	form := lead.Get(timesPath).Want(http.StatusOK).Has("main", "Bank holidays are known until 31 December 20").Has("tbody", "Came with the content")
	lead.Send(form, action, nil).Want(http.StatusUnprocessableEntity).Has(".nhsuk-error-summary a[href='#day']", "Enter the date").
		Has(".nhsuk-error-summary a[href='#name']", "Enter what the bank holiday is called")
	fields := url.Values{"day": {strconv.Itoa(day.Day)}, "month": {strconv.Itoa(int(day.Month))}, "year": {strconv.Itoa(day.Year)}, "name": {"A special day"}}
	for range 2 {
		added := lead.Send(form, action, fields).Want(http.StatusSeeOther)
		lead.Follow(added).Want(http.StatusOK).Has("tbody", "A special day").Has("tbody", "Added by Sam Rivers")
	}
	fields.Set("name", "Another name")
	lead.Send(form, action, fields).Want(http.StatusConflict).Has(".nhsuk-error-summary", "is in the list already")
	if c := p.enquiryFrom("Zoë Example", time.Now(), nil); before.Due != day || c.Due != after {
		t.Errorf("enquiries are due on %s and %s, want %s and, with the holiday, %s", before.Due, c.Due, day, after)
	}

	page := lead.Get(timesPath)
	if n := page.Doc().Find("button[name=day]").Length(); n != 1 {
		t.Errorf("%d days can be removed, want the one that was added", n)
	}
	for range 2 {
		lead.Send(page, remove, url.Values{"day": {day.String()}}).Want(http.StatusSeeOther)
	}
	for _, wrong := range []string{"", "tomorrow", strconv.Itoa(time.Now().Year()+1) + "-01-10"} { // the last came with the content
		lead.Send(page, remove, url.Values{"day": {wrong}}).Want(http.StatusBadRequest)
	}
	if c := p.enquiryFrom("Zoë Example", time.Now(), nil); c.Due != day {
		t.Errorf("an enquiry is due on %s, want %s", c.Due, day)
	}
	if n := p.count(`select count(*) from audit_event where action like 'bank-holiday.%' and subject_id = $1 and actor_id = $2`, day.String(), account.ID); n != 2 {
		t.Errorf("the audit has %d rows, want that it was added and removed, 2", n)
	}
}

func TestTimesWarnBeforeTheBankHolidaysEnd(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	lead, _ := p.signedIn(staff.Lead)
	p.holidays(time.Now().Year() + 1)
	if text := lead.Get(timesPath).Want(http.StatusOK).Text(".nhsuk-card--warning"); text != "" {
		t.Errorf("the page warns %q, want nothing: the list is long enough", text)
	}
	p.holidays(time.Now().Year() - 1)
	lead.Get(timesPath).Want(http.StatusOK).Has(".nhsuk-card--warning", "Bank holidays are known until 31 December "+strconv.Itoa(time.Now().Year()-1))
}

func TestTimesAreForLeads(t *testing.T) {
	t.Parallel()
	p := newPublished(t)
	for _, role := range []staff.Role{staff.Viewer, staff.Editor, staff.Reviewer} {
		visitor, _ := p.signedIn(role)
		visitor.Get(timesPath).Want(http.StatusForbidden)
		if n := visitor.Get("/admin").Doc().Find("a[href='" + timesPath + "']").Length(); n != 0 {
			t.Errorf("a %s is led to %s", role, timesPath)
		}
		key, _ := visitor.Get("/admin/account").Doc().Find("input[name=" + page.FormKeyField + "]").First().Attr("value")
		for _, path := range []string{"/stages", "/replies", "/holidays", "/holidays/remove"} {
			visitor.Post(timesPath+path, url.Values{page.FormKeyField: {key}, "received": {"5"}, "usual": {"5"}}).Want(http.StatusForbidden)
		}
	}
	if n := p.count(`select count(*) from stage_limit where working_days is not null`); n != 0 {
		t.Errorf("%d stages have a limit, want none", n)
	}
}
