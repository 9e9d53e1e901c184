package notice_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

// friday is a Friday afternoon in England.
var friday = time.Date(2026, time.November, 20, 14, 0, 0, 0, time.UTC)

// office is a store on its own rows, with a clock that the test sets.
type office struct {
	t     *testing.T
	db    postgres.DB
	now   time.Time
	store *notice.Store
	cases int
}

func newOffice(t *testing.T, db postgres.DB) *office {
	t.Helper()
	o := &office{t: t, db: db, now: friday}
	o.store = &notice.Store{DB: db, Outbox: mail.NewOutbox(), Now: func() time.Time { return o.now }}
	o.exec(`update notice_run set seen_at = $1, daily_on = '2026-11-20', days_at = $1`, friday.Add(-time.Minute))
	return o
}

func (o *office) exec(sql string, args ...any) {
	o.t.Helper()
	if _, err := o.db.Exec(o.t.Context(), sql, args...); err != nil {
		o.t.Fatalf("%s: %v", sql, err)
	}
}

// person adds an account and gives its id.
func (o *office) person(role staff.Role) string {
	o.t.Helper()
	var id string
	err := o.db.QueryRow(o.t.Context(), `
		insert into staff_account (email, name, role, created_at) values (gen_random_uuid() || '@example.nhs.uk', 'Canary', $1, now()) returning id::text`, role).Scan(&id)
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

// tell has somebody told every kind in one way.
func (o *office) tell(id string, how notice.How) {
	o.t.Helper()
	choices := notice.Choices{}
	for _, kind := range notice.Kinds() {
		choices[kind] = how
	}
	if err := o.store.Choose(o.t.Context(), staff.By{ActorID: id}, choices); err != nil {
		o.t.Fatalf("Choose() = %v", err)
	}
}

// received adds a case that was sent now, and gives its reference.
func (o *office) received() string {
	o.t.Helper()
	o.cases++
	reference := fmt.Sprintf("CASE-%d", o.cases)
	o.exec(`
		insert into expression (reference, draft_id, received_at, profession, standing, abroad, name, email, contact_by, postcode_area, programme,
			any_organisation, organisations, settings, hours, start_choice, help, privacy_version, result, rule_version, stage_since, turn_since, updated_at)
		values ($1, gen_random_uuid(), $2, 'dietitians', 'left-register', false, 'x', 'x', 'email', 'LN1', false,
			true, '{}', '{}', 'either', 'not-sure', '{}', '1', '{}', '1', $2, $2, $2)`, reference, o.now)
	o.happens(reference, "received", "", "")
	return reference
}

// happens adds an event of a case that happens now.
func (o *office) happens(reference, kind, by, to string) {
	o.t.Helper()
	o.exec(`
		insert into event (expression_id, at, kind, actor_kind, actor_id, to_assignee)
		select id, $2, $3, 'staff', $4, nullif($5, '')::uuid from expression where reference = $1`, reference, o.now, kind, by, to)
}

// assigns gives a case to somebody.
func (o *office) assigns(reference, by, to string) {
	o.t.Helper()
	o.exec(`update expression set assignee_id = $2 where reference = $1`, reference, to)
	o.happens(reference, "assigned", by, to)
}

// look looks, and wants so many mails owed.
func (o *office) look(want int, why string) {
	o.t.Helper()
	if n, err := o.store.Look(o.t.Context()); err != nil || n != want {
		o.t.Fatalf("Look() %s = %d, %v, want %d mails", why, n, err, want)
	}
}

// told is what the newest mail to somebody tells: kind and references.
func (o *office) told(recipient string) string {
	o.t.Helper()
	var batch string
	err := o.db.QueryRow(o.t.Context(), `
		select batch::text from notice where recipient = $1 and batch is not null order by id desc limit 1`, recipient).Scan(&batch)
	if err != nil {
		o.t.Fatalf("the mail to %s: %v", recipient, err)
	}
	_, parts, err := o.store.Told(o.t.Context(), recipient, batch)
	if errors.Is(err, fault.Conflict) {
		return "nothing"
	}
	if err != nil {
		o.t.Fatalf("Told() = %v", err)
	}
	return fmt.Sprint(parts)
}

func TestNewCasesAreToldAtOnceOrWithTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	quick, daily, never := o.person(staff.Reviewer), o.person(staff.Lead), o.person(staff.Reviewer)
	o.person(staff.Viewer)
	o.person(staff.Editor)
	o.tell(quick, notice.AtOnce)
	o.tell(never, notice.Off)
	first, second := o.received(), o.received()
	o.look(1, "after two cases")
	if got, want := o.told(quick), fmt.Sprintf("[{new [%s %s]}]", first, second); got != want {
		t.Errorf("at once is told %s, want %s", got, want)
	}
	o.look(0, "again")
	o.now = time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	o.look(0, "on a Saturday")
	o.now = time.Date(2026, time.November, 23, 7, 59, 0, 0, time.UTC)
	o.look(0, "before 8 on Monday")
	o.now = o.now.Add(2 * time.Minute)
	o.look(1, "after 8 on Monday")
	if got, want := o.told(daily), fmt.Sprintf("[{new [%s %s]}]", first, second); got != want {
		t.Errorf("daily is told %s, want %s", got, want)
	}
	o.now = o.now.Add(time.Hour)
	third := o.received()
	o.look(1, "after another case")
	o.now = o.now.Add(24 * time.Hour)
	o.look(1, "the day after")
	if got, want := o.told(daily), fmt.Sprintf("[{new [%s]}]", third); got != want {
		t.Errorf("daily is told %s, want %s", got, want)
	}
	o.now = time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC)
	o.look(0, "with nothing to say")
}

func TestABankHolidayIsNoDayForDailyMails(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	o.person(staff.Lead)
	o.exec(`insert into bank_holiday (day, name) values ('2026-11-23', 'A special day') on conflict do nothing`)
	o.received()
	o.now = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	o.look(0, "on a bank holiday")
	o.now = o.now.Add(24 * time.Hour)
	o.look(1, "on the day after")
}

func TestWhoeverGetsACaseIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	lead, reviewer, other := o.person(staff.Lead), o.person(staff.Reviewer), o.person(staff.Reviewer)
	one := o.received()
	o.assigns(one, reviewer, reviewer)
	o.look(0, "after taking a case oneself")
	o.assigns(one, lead, other)
	o.look(1, "after a case was given to somebody")
	if got, want := o.told(other), fmt.Sprintf("[{assigned [%s]}]", one); got != want {
		t.Errorf("whoever got it is told %s, want %s", got, want)
	}
	o.now = o.now.Add(time.Minute)
	o.happens(one, "answered", "", "")
	o.look(1, "after the returner answered")
	if got, want := o.told(other), fmt.Sprintf("[{answered [%s]}]", one); got != want {
		t.Errorf("who has the case is told %s, want %s", got, want)
	}
	o.now = o.now.Add(time.Hour)
	o.look(0, "an hour later")
	o.assigns(one, lead, reviewer)
	o.look(1, "after it was given on")
	o.assigns(one, lead, other)
	if got := o.told(reviewer); got != "nothing" {
		t.Errorf("who has the case no more is told %s, want nothing", got)
	}
	free := o.received()
	o.happens(free, "answered", "", "")
	o.look(3, "after an answer in a case that nobody has, and a case given back")
	if got, want := o.told(lead), fmt.Sprintf("[{answered [%s]}]", free); got != want {
		t.Errorf("everybody is told %s of a case that nobody has, want %s", got, want)
	}
}

func TestNobodyIsToldWhoMayNotSeeCasesAnyMore(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	lead, reviewer := o.person(staff.Lead), o.person(staff.Reviewer)
	o.tell(lead, notice.AtOnce)
	o.tell(reviewer, notice.AtOnce)
	o.received()
	o.look(2, "after a case")
	o.exec(`update staff_account set disabled_at = now() where id = $1`, lead)
	o.exec(`update staff_account set role = 'editor' where id = $1`, reviewer)
	for _, id := range []string{lead, reviewer} {
		if got := o.told(id); got != "nothing" {
			t.Errorf("a mail that is owed tells %s, want nothing", got)
		}
	}
	o.now = o.now.Add(time.Minute)
	o.received()
	o.look(0, "after they left")
	o.exec(`update staff_account set disabled_at = null, role = 'reviewer'`)
	o.exec(`delete from notice where batch is null`)
	o.tell(lead, notice.Daily)
	o.now = o.now.Add(time.Hour)
	o.received()
	o.look(1, "after they came back")
	o.tell(lead, notice.Off)
	o.now = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	o.look(0, "after one wants nothing any more")
}

func TestWhatIsDueSoonAndLateIsToldOncePerDay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	lead, reviewer := o.person(staff.Lead), o.person(staff.Reviewer)
	o.tell(lead, notice.AtOnce)
	o.tell(reviewer, notice.AtOnce)
	o.exec(`update stage_limit set working_days = 3 where stage = 'received'`)
	hers, free := o.received(), o.received() // due on Wednesday
	o.assigns(hers, reviewer, reviewer)
	o.look(2, "of new cases")
	o.now = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	o.look(2, "on Monday")
	if got, want := o.told(reviewer), fmt.Sprintf("[{due-soon [%s]}]", hers); got != want {
		t.Errorf("whoever has the case is told %s, want %s", got, want)
	}
	if got, want := o.told(lead), fmt.Sprintf("[{due-soon [%s]}]", free); got != want {
		t.Errorf("leads are told %s, want %s", got, want)
	}
	o.now = o.now.Add(48 * time.Hour)
	o.look(0, "on the day itself, again")
	o.now = o.now.Add(24 * time.Hour)
	o.look(2, "on Thursday")
	if got, want := o.told(reviewer), fmt.Sprintf("[{late [%s]}]", hers); got != want {
		t.Errorf("whoever has the case is told %s, want %s", got, want)
	}
	o.exec(`update expression set stage = 'in-review', stage_since = $1 where reference = $2`, o.now, hers)
	if got := o.told(reviewer); got != "nothing" {
		t.Errorf("a case that moved on meanwhile is told as %s, want nothing", got)
	}
	o.exec(`update expression set received_at = received_at - interval '1 year', stage_since = stage_since - interval '1 year' where reference = $1`, free)
	o.now = o.now.Add(2 * time.Hour)
	o.look(0, "of a case that was late long ago")
}

func TestWhatIsSetAsideIsToldWhenItIsRescued(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	o.tell(o.person(staff.Lead), notice.AtOnce)
	one := o.received()
	o.exec(`update expression set suspicion = 'trap', set_aside_at = $1`, o.now)
	o.look(0, "of what a program sent")
	o.exec(`update expression set set_aside_at = null`)
	o.now = o.now.Add(time.Hour)
	o.happens(one, "rescued", "", "")
	o.look(1, "of what was rescued")
}

func TestASharedMailboxIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	by := staff.By{ActorID: o.person(staff.Viewer)}
	m, err := o.store.Mailbox(t.Context())
	if err != nil || m.Email != "" {
		t.Fatalf("Mailbox() = %+v, %v, want none", m, err)
	}
	o.received()
	o.look(0, "without a mailbox")
	m.Email, m.Choices = "Team@Example.nhs.uk", notice.Choices{notice.New: notice.AtOnce, notice.Answered: notice.Off, notice.DueSoon: notice.Off, notice.Late: notice.Off}
	if err := o.store.SetMailbox(t.Context(), by, m); err != nil {
		t.Fatalf("SetMailbox() = %v", err)
	}
	if err := o.store.SetMailbox(t.Context(), by, m); !errors.Is(err, notice.ErrChanged) {
		t.Errorf("SetMailbox() of an older version = %v, want ErrChanged", err)
	}
	o.look(1, "with one")
	if got := o.told("mailbox"); got != "[{new [CASE-1]}]" {
		t.Errorf("the mailbox is told %s, want the case", got)
	}
	to, _, err := o.store.Told(t.Context(), "mailbox", "none")
	if !errors.Is(err, fault.Conflict) {
		t.Errorf("Told() of an unknown mail = %q, %v, want a Conflict fault", to, err)
	}
	for _, wrong := range []string{"team", "team@example.org\nbcc@example.org"} {
		m.Email = wrong
		if !m.Validate().Any() {
			t.Errorf("the mailbox %q is taken, want a fault", wrong)
		}
	}
}

func TestChoicesAreKeptAndForgedOnesRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t, postgrestest.Tx(t))
	id := o.person(staff.Reviewer)
	choices, err := o.store.Choices(t.Context(), id)
	if err != nil || choices[notice.Assigned] != notice.AtOnce || choices[notice.Late] != notice.Daily || choices[notice.DueSoon] != notice.Off {
		t.Fatalf("Choices() of somebody new = %v, %v, want them as usual", choices, err)
	}
	o.tell(id, notice.Daily)
	if choices, err = o.store.Choices(t.Context(), id); err != nil || choices[notice.Assigned] != notice.Daily {
		t.Errorf("Choices() = %v, %v, want daily", choices, err)
	}
	choices[notice.New] = "hourly"
	if err := o.store.Choose(t.Context(), staff.By{ActorID: id}, choices); !errors.Is(err, fault.Invalid) {
		t.Errorf("Choose(hourly) = %v, want an Invalid fault", err)
	}
}

func TestManyLooksAtOnceOweEachMailOnce(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	o := newOffice(t, pool)
	var people []string
	for range 5 {
		people = append(people, o.person(staff.Reviewer))
		o.tell(people[len(people)-1], notice.AtOnce)
	}
	for range 10 {
		o.received()
	}
	var looks sync.WaitGroup
	begin := make(chan struct{})
	for range 8 {
		looks.Go(func() {
			<-begin
			if _, err := o.store.Look(t.Context()); err != nil {
				t.Errorf("Look() = %v", err)
			}
		})
	}
	close(begin)
	looks.Wait()
	rows, err := pool.Query(t.Context(), `select subject_id from mail where kind = 'notice'`)
	if err != nil {
		t.Fatal(err)
	}
	told, err := pgx.CollectRows(rows, pgx.RowTo[string])
	slices.Sort(told)
	slices.Sort(people)
	if err != nil || !slices.Equal(told, people) {
		t.Errorf("mails are owed to %v, %v, want one to each of %v", told, err, people)
	}
}
