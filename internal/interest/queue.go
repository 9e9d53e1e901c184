package interest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
)

// Tab is a part of the queue of cases.
type Tab string

// The tabs of the queue. Every open case is in one of NeedsUs, WithReturner and
// Held; those that are open stand in Unassigned or with somebody, too.
const (
	NeedsUs      Tab = "needs-us"
	Mine         Tab = "mine" // open, and assigned to the filter's viewer
	Unassigned   Tab = "unassigned"
	WithReturner Tab = "with-returner"
	Held         Tab = "on-hold"
	Ended        Tab = "ended"
	All          Tab = "all"
	SetAside     Tab = "set-aside" // as the work of a program; in no other tab
)

type tabInfo struct {
	Tab   Tab
	Name  string
	parts []string // of the column queue
}

var tabs = []tabInfo{
	{NeedsUs, "Needs us", []string{"ours"}},
	{Mine, "Mine", open},
	{Unassigned, "Unassigned", open},
	{WithReturner, "With the returner", []string{"returner"}},
	{Held, "On hold", []string{"on-hold"}},
	{Ended, "Ended", []string{"ended"}},
	{All, "All", []string{"ours", "returner", "on-hold", "ended"}},
	{SetAside, "Set aside", []string{"aside"}},
}

// open are the parts of the queue in which something is still to happen.
var open = []string{"ours", "returner", "on-hold"}

// Tabs gives the tabs in the order in which they are shown, but for SetAside.
func Tabs() []Tab {
	var all []Tab
	for _, t := range tabs {
		if t.Tab != SetAside {
			all = append(all, t.Tab)
		}
	}
	return all
}

func (t Tab) info() tabInfo {
	for _, info := range tabs {
		if info.Tab == t {
			return info
		}
	}
	return tabInfo{}
}

// Known reports whether t is one of the tabs.
func (t Tab) Known() bool { return t.info().Tab != "" }

// Name is the tab as people read it.
func (t Tab) Name() string { return t.info().Name }

// Sort is an order of cases.
type Sort string

// The orders of the queue.
const (
	ByDue      Sort = "due"      // the one that is due first; those without a day come last, the oldest first
	ByReceived Sort = "received" // the oldest first
	ByNewest   Sort = "newest"
	ByChange   Sort = "changed" // the latest change first
)

// Sorts are the orders as a list offers them, with their names.
func Sorts() []Option {
	return []Option{
		{Slug: string(ByDue), Label: "Due first"}, {Slug: string(ByReceived), Label: "Oldest first"},
		{Slug: string(ByNewest), Label: "Newest first"}, {Slug: string(ByChange), Label: "Last changed first"},
	}
}

// Age is how long ago a case was received.
type Age string

var ages = []Option{
	{Slug: "week", Label: "Up to 7 days"},
	{Slug: "month", Label: "Up to 30 days"},
	{Slug: "over-month", Label: "More than 30 days"},
	{Slug: "over-quarter", Label: "More than 90 days"},
	{Slug: "over-year", Label: "More than 365 days"},
}

// Ages are the ages that the queue can be filtered by.
func Ages() []Option { return slices.Clone(ages) }

// received are the days between which a case of an age was received.
func (a Age) received(today updating.Date) (from, to updating.Date) {
	switch a {
	case "week":
		return today.AddDays(-7), updating.Date{}
	case "month":
		return today.AddDays(-30), updating.Date{}
	case "over-month":
		return updating.Date{}, today.AddDays(-31)
	case "over-quarter":
		return updating.Date{}, today.AddDays(-91)
	case "over-year":
		return updating.Date{}, today.AddDays(-366)
	}
	return updating.Date{}, updating.Date{}
}

// Nobody is the assignee of a case that nobody has.
const Nobody = "nobody"

// AnyOrganisation is the organisation that who would go to any wants.
const AnyOrganisation = "any"

// Filter chooses cases and their order; a zero field chooses by nothing.
type Filter struct {
	Tab          Tab    // "" is All
	Viewer       string // id of the account whose cases Mine are
	Stage        Stage
	Profession   string // slug
	Organisation string // slug of one that they named, or AnyOrganisation
	Assignee     string // an account's id, or Nobody
	Age          Age
	Late         bool          // due before today
	Help         string        // slug of a help that they want
	ReceivedFrom updating.Date // the first day on which they were received
	ReceivedTo   updating.Date // the last one
	Text         string        // words that each begin one of the case's: see Store.List
	Sort         Sort          // "" is ByDue
	Cursor       Cursor
}

// Validate gives an Invalid fault for a filter that no page of ours offers.
func (f Filter) Validate() error {
	known := func(options []Option, slug string) bool { return slug == "" || has(options, slug) }
	switch {
	case f.Tab != "" && !f.Tab.Known(), f.Stage != "" && !f.Stage.Known(), !known(Sorts(), string(f.Sort)),
		!known(ages, string(f.Age)), !known(helpOptions, f.Help),
		f.Assignee != "" && f.Assignee != Nobody && uuid.Validate(f.Assignee) != nil,
		f.Tab == Mine && uuid.Validate(f.Viewer) != nil:
		return fmt.Errorf("a filter that nobody offers: %w", fault.Invalid)
	}
	return nil
}

// Cursor is a place in the order of cases: after the last row of a page, or
// before its first. The zero Cursor is the beginning.
type Cursor struct {
	Before bool
	Due    updating.Date // of the row; no date without one
	At     time.Time     // when the row was received, or ByChange when it was changed
	ID     string        // of the row; "" in the zero Cursor
}

// String is the cursor as it stands in an address; "" for the zero Cursor.
func (c Cursor) String() string {
	if c.ID == "" {
		return ""
	}
	due := ""
	if !c.Due.IsZero() {
		due = c.Due.String()
	}
	plain := strings.Join([]string{c.At.UTC().Format(time.RFC3339Nano), due, c.ID}, " ")
	return base64.RawURLEncoding.EncodeToString([]byte(plain))
}

// ParseCursor reads what String wrote; anything else is an Invalid fault.
func ParseCursor(s string, before bool) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(s)
	parts := strings.Split(string(plain), " ")
	if err != nil || len(parts) != 3 || uuid.Validate(parts[2]) != nil {
		return Cursor{}, fmt.Errorf("a place in the queue that is none: %w", fault.Invalid)
	}
	c := Cursor{Before: before, ID: parts[2]}
	if c.At, err = time.Parse(time.RFC3339Nano, parts[0]); err == nil && parts[1] != "" {
		err = c.Due.UnmarshalText([]byte(parts[1]))
	}
	if err != nil || c.At.Year() < 1 || c.At.Year() > 9999 || parts[1] != "" && !c.Due.Valid() {
		return Cursor{}, fmt.Errorf("a place in the queue that is none: %w", fault.Invalid)
	}
	return c, nil
}
