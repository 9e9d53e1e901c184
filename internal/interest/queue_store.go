package interest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// PageSize is how many cases a page of the queue shows.
const PageSize = 25

// Summary is one case as the queue shows it.
type Summary struct {
	ID         string
	Reference  string
	Name       string
	Profession string // slug
	Branch     string // slug, or ""
	Stage      Stage
	Turn       Turn
	ReceivedAt time.Time
	UpdatedAt  time.Time
	AssigneeID string        // a staff account's id; "" for nobody
	HoldUntil  updating.Date `db:"-"` // no date unless on hold

	DueOn       updating.Date `db:"-"` // no date without a limit, while it waits and when it ended
	WorkingDays int           // from today up to that day; negative where it is late

	MailTrouble MailTrouble // "" unless mail does not reach them
	CopyAskedAt *time.Time  // when they asked for a copy of their data; nil unless it is owed
}

// Page is one page of the queue.
type Page struct {
	Rows           []Summary
	Found          int    // cases that the filter chooses, on all pages
	More           bool   // there may be more than Found: it counts the first cases
	Previous, Next Cursor // zero where there is no such page
	Nearly         bool   // no case has the words: these have names that a slip of the keyboard makes of them
}

// List gives a page of the cases that a filter chooses, or, where its text finds
// nothing, of those with names that differ from it by a slip of the keyboard. A
// filter that nobody offers is an Invalid fault.
func (s *Store) List(ctx context.Context, f Filter) (Page, error) {
	var page Page
	err := s.queue(ctx, f, func(tx pgx.Tx, q *queueQuery) error {
		var err error
		if page, err = q.page(ctx, tx); err != nil || len(page.Rows) > 0 || !q.searches() {
			return err
		}
		if found, err := q.anywhere(ctx, tx); found || err != nil {
			return err
		}
		if found, err := q.mistype(ctx, tx); !found || err != nil {
			return err
		}
		page, err = q.page(ctx, tx)
		page.Nearly = len(page.Rows) > 0
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("listing cases: %w", err)
	}
	return page, nil
}

// queue runs fn in a transaction whose plans are the queue's own.
func (s *Store) queue(ctx context.Context, f Filter, fn func(pgx.Tx, *queueQuery) error) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		q, err := newQueueQuery(ctx, tx, s, f)
		if err != nil {
			return err
		}
		return fn(tx, q)
	})
}

// Each calls fn for every case that a filter chooses, in its order from its
// cursor on, and stops at the first error. It holds one page at a time, and sees
// what changes meanwhile as somebody does who turns the pages.
func (s *Store) Each(ctx context.Context, f Filter, fn func(Summary) error) error {
	f.Cursor.Before = false
	for {
		page, err := s.List(ctx, f)
		if err != nil {
			return err
		}
		for _, row := range page.Rows {
			if err := fn(row); err != nil {
				return err
			}
		}
		if f.Cursor = page.Next; f.Cursor.ID == "" {
			return nil
		}
	}
}

// TabCount is how many cases are in a tab; with More there are more than Count.
type TabCount struct {
	Tab   Tab
	Count int
	More  bool
}

// countAtMost is how many cases of a tab are counted: more are "1,000+".
const countAtMost = 1000

// selectTabCounts has how many are counted in its text, so that Postgres can keep
// its plan.
var selectTabCounts = func() string {
	count := func(name, condition string) string {
		return fmt.Sprintf(`(select count(*) from (select from expression where %s limit %d) c) as %s`, condition, countAtMost+1, name)
	}
	return `select ` + strings.Join([]string{
		count("ours", "queue = 'ours'"), count("returner", "queue = 'returner'"), count("on_hold", "queue = 'on-hold'"),
		count("ended", "queue = 'ended'"), count("mine", inParts(open)+" and assignee_id = @viewer"),
		count("unassigned", inParts(open)+" and assignee_id is null"),
	}, ", ")
}()

// TabCounts gives how many cases are in each tab, as its viewer has them.
func (s *Store) TabCounts(ctx context.Context, viewer string) ([]TabCount, error) {
	type counted struct{ Ours, Returner, OnHold, Ended, Mine, Unassigned int }
	var n counted
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, walkPlans); err != nil {
			return err
		}
		var err error
		n, err = postgres.One[counted](ctx, tx, selectTabCounts, pgx.NamedArgs{"viewer": viewer})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("counting the tabs: %w", err)
	}
	of := map[Tab]int{
		NeedsUs: n.Ours, Mine: n.Mine, Unassigned: n.Unassigned, WithReturner: n.Returner, Held: n.OnHold, Ended: n.Ended,
		All: n.Ours + n.Returner + n.OnHold + n.Ended,
	}
	var counts []TabCount
	for _, tab := range Tabs() {
		counts = append(counts, TabCount{Tab: tab, Count: min(of[tab], countAtMost), More: of[tab] > countAtMost})
	}
	return counts, nil
}

type summaryRow struct {
	Summary
	DueDay   *time.Time
	UntilDay *time.Time
}

// turned makes a page of one row more than it shows: whether there is a page
// beyond it.
func turned(rows []summaryRow, f Filter) Page {
	beyond := len(rows) > PageSize
	rows = rows[:min(len(rows), PageSize)]
	if f.Cursor.Before {
		slices.Reverse(rows)
	}
	var page Page
	for _, r := range rows {
		r.DueOn, r.HoldUntil = dateOf(r.DueDay), dateOf(r.UntilDay)
		page.Rows = append(page.Rows, r.Summary)
	}
	if len(page.Rows) == 0 {
		return page
	}
	if f.Cursor.Before && beyond || !f.Cursor.Before && f.Cursor.ID != "" {
		page.Previous = f.Sort.cursor(page.Rows[0], true)
	}
	if f.Cursor.Before || beyond {
		page.Next = f.Sort.cursor(page.Rows[len(page.Rows)-1], false)
	}
	return page
}
