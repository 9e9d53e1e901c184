package bench_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/web/adminview"
)

// The goals: of every page, and of one whose words nobody has.
const (
	goal         = 25 * time.Millisecond
	fallbackGoal = 150 * time.Millisecond
)

// kind is a kind of page, and how long each of them took.
type kind struct {
	name  string
	goal  time.Duration // 0 is none
	draw  func(random *rand.Rand) (query url.Values, text string)
	page  func(random *rand.Rand) string // the path of one that is not the queue; nil where it is
	mutex sync.Mutex
	times []time.Duration // that the host did not disturb
	first []time.Duration // when each was asked for at first, disturbed or not

	disturbed int // of the first ones
}

// What else is measured.
var (
	searching = &kind{name: "keeping what is searched for, before the page"}
	byKey     = &kind{name: "for comparison: one row by its key"}
)

func (k *kind) took(d time.Duration) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.times = append(k.times, d)
}

func (k *kind) tookFirst(d time.Duration, disturbed bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.first = append(k.first, d)
	if disturbed {
		k.disturbed++
	}
}

// percentile is the time within which so many of a hundred were answered.
func percentile(times []time.Duration, of int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min((len(sorted)*of+99)/100, len(sorted))-1]
}

func (k *kind) slow() bool { return k.goal > 0 && percentile(k.times, 95) > k.goal }

func (k *kind) row() string {
	in := func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }
	wanted, first := "none", "not told"
	if k.goal > 0 {
		wanted = in(k.goal)
	}
	if len(k.first) > 0 {
		first = in(percentile(k.first, 95))
	}
	return fmt.Sprintf("| %s | %d | %s | %s | %s | %s | %s | %d | %s |", k.name, len(k.times),
		in(percentile(k.times, 50)), in(percentile(k.times, 95)), in(percentile(k.times, 99)), in(percentile(k.times, 100)), wanted,
		k.disturbed, first)
}

// sample is what people filter and search by: of cases drawn by chance.
type sample struct {
	references, emails, numbers, names, words, accounts, organisations []string
}

func newSample(b *testing.B, db *pgxpool.Pool) sample {
	b.Helper()
	const drawn = ` from expression tablesample system (2) where set_aside_at is null`
	return sample{
		references:    texts(b, db, `select reference`+drawn+` limit 3000`),
		emails:        texts(b, db, `select email`+drawn+` limit 3000`),
		numbers:       texts(b, db, `select register_number`+drawn+` and register_number <> '' limit 3000`),
		names:         texts(b, db, `select name`+drawn+` limit 3000`),
		words:         texts(b, db, `select distinct split_part(name, ' ', 2)`+drawn+` and name !~ '[^A-Za-z ]' and length(split_part(name, ' ', 2)) > 5 limit 300`),
		accounts:      texts(b, db, `select assignee_id::text from expression where assignee_id is not null group by 1`),
		organisations: texts(b, db, `select slug from organisation`),
	}
}

func texts(b *testing.B, db *pgxpool.Pool, query string) []string {
	b.Helper()
	rows, err := db.Query(b.Context(), query)
	if err != nil {
		b.Fatalf("%s: %v", query, err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(found) == 0 {
		b.Fatalf("%s: %d rows, %v", query, len(found), err)
	}
	return found
}

func pick(random *rand.Rand, from []string) string { return from[random.IntN(len(from))] }

// query is an address's, of names and values in turn.
func query(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// newKinds are the kinds of page that are measured.
func newKinds(b *testing.B, db *pgxpool.Pool, viewer string) []*kind {
	b.Helper()
	s := newSample(b, db)
	var kinds []*kind
	add := func(name string, within time.Duration, draw func(*rand.Rand) (url.Values, string)) {
		if strings.Contains(name, *only) {
			kinds = append(kinds, &kind{name: name, goal: within, draw: draw})
		}
	}
	filter := func(name string, draw func(*rand.Rand) url.Values) {
		add(name, goal, func(random *rand.Rand) (url.Values, string) { return draw(random), "" })
	}
	search := func(name string, within time.Duration, draw func(*rand.Rand) (string, url.Values)) {
		add(name, within, func(random *rand.Rand) (url.Values, string) {
			text, rest := draw(random)
			return rest, text
		})
	}
	addTabs(filter)
	addFilters(filter, s)
	addDeep(b, db, filter, viewer)
	addSearches(search, s)
	addBeside(func(name string, page func(*rand.Rand) string) {
		if strings.Contains(name, *only) {
			kinds = append(kinds, &kind{name: name, goal: goal, page: page})
		}
	}, s)
	return kinds
}

func addTabs(filter func(string, func(*rand.Rand) url.Values)) {
	for _, tab := range interest.Tabs() {
		filter("tab “"+tab.Name()+"”", func(*rand.Rand) url.Values { return query("tab", string(tab)) })
	}
	for _, sort := range interest.Sorts() {
		filter("sorted: "+strings.ToLower(sort.Label), func(random *rand.Rand) url.Values {
			return query("tab", anyTab(random), "sort", sort.Slug)
		})
	}
}

// tabs are those that filters are combined with, the usual ones more often.
var tabs = []string{"needs-us", "needs-us", "unassigned", "with-returner", "on-hold", "ended", "all", "all", "mine"}

func anyTab(random *rand.Rand) string { return pick(random, tabs) }

// filterFields are the names of all filters in a form.
var filterFields = []string{"stage", "profession", "organisation", "assignee", "age", "late", "help", "from", "to"}

// one filter of each field that can be combined; each draws a value.
func (s sample) fields() map[string]func(*rand.Rand) url.Values {
	fields := map[string]func(*rand.Rand) url.Values{
		"stage": func(random *rand.Rand) url.Values {
			stages := interest.Stages()
			return query("stage", string(stages[random.IntN(len(stages))].Stage))
		},
		"profession": func(random *rand.Rand) url.Values {
			all := profession.All()
			return query("profession", all[random.IntN(len(all))].Slug)
		},
		"organisation": func(random *rand.Rand) url.Values {
			return query("organisation", pick(random, append([]string{interest.AnyOrganisation}, s.organisations...)))
		},
		"assignee": func(random *rand.Rand) url.Values {
			return query("assignee", pick(random, append([]string{interest.Nobody}, s.accounts...)))
		},
		"age": func(random *rand.Rand) url.Values {
			ages := interest.Ages()
			return query("age", ages[random.IntN(len(ages))].Slug)
		},
		"late": func(*rand.Rand) url.Values { return query("late", "yes") },
		"help": func(random *rand.Rand) url.Values {
			options := interest.HelpOptions()
			return query("help", options[random.IntN(len(options))].Slug)
		},
		"received": func(random *rand.Rand) url.Values {
			from := time.Now().AddDate(0, 0, -random.IntN(3600))
			return query("from", from.Format(time.DateOnly), "to", from.AddDate(0, 0, random.IntN(90)).Format(time.DateOnly))
		},
	}
	return fields
}

func addFilters(filter func(string, func(*rand.Rand) url.Values), s sample) {
	fields := s.fields()
	names := []string{"stage", "profession", "organisation", "assignee", "age", "late", "help", "received"}
	for _, name := range names {
		filter("filter: "+name, func(random *rand.Rand) url.Values { return with(fields[name](random), "tab", anyTab(random)) })
	}
	for _, n := range []int{2, 3, 4} {
		filter(fmt.Sprintf("%d filters", n), func(random *rand.Rand) url.Values {
			values := query("tab", anyTab(random), "sort", interest.Sorts()[random.IntN(len(interest.Sorts()))].Slug)
			for _, at := range random.Perm(len(names))[:n] {
				for name, value := range fields[names[at]](random) {
					values[name] = value
				}
			}
			return values
		})
	}
	filter("filters that few cases meet", func(random *rand.Rand) url.Values {
		return with(fields["received"](random), "tab", "all", "profession", "dramatherapists", "stage", "withdrawn")
	})
	filter("filters that no case meets", func(random *rand.Rand) url.Values {
		return with(fields["help"](random), "tab", pick(random, []string{"all", "ended"}), "profession", "osteopaths")
	})
}

func with(values url.Values, pairs ...string) url.Values {
	for name, value := range query(pairs...) {
		values[name] = value
	}
	return values
}

// deep is the page that is reached by so many times "next".
const deep = 10_000

// addDeep adds pages far behind, by the cursors that lead there.
func addDeep(b *testing.B, db *pgxpool.Pool, filter func(string, func(*rand.Rand) url.Values), viewer string) {
	b.Helper()
	store := &interest.Store{DB: db, Now: time.Now}
	for _, sort := range interest.Sorts() {
		at := cursorAt(b, db, interest.Sort(sort.Slug))
		page, err := store.List(b.Context(), interest.Filter{Tab: interest.All, Viewer: viewer, Sort: interest.Sort(sort.Slug), Cursor: at})
		if err != nil || len(page.Rows) != interest.PageSize {
			b.Fatalf("page %d %s has %d rows, %v", deep, sort.Slug, len(page.Rows), err)
		}
		filter(fmt.Sprintf("page %d, %s", min(deep, *expressions/interest.PageSize/2), strings.ToLower(sort.Label)), func(*rand.Rand) url.Values {
			return query("tab", "all", "sort", sort.Slug, "after", at.String())
		})
	}
}

// cursorAt is the place before a far page.
func cursorAt(b *testing.B, db *pgxpool.Pool, sort interest.Sort) interest.Cursor {
	b.Helper()
	order := map[interest.Sort]string{
		interest.ByDue: "coalesce(due_on, 'infinity'), received_at, id", interest.ByReceived: "received_at, id",
		interest.ByNewest: "received_at desc, id desc", interest.ByChange: "updated_at desc, id desc",
	}[sort]
	c := interest.Cursor{}
	var due *time.Time
	at := "received_at"
	if sort == interest.ByChange {
		at = "updated_at"
	}
	err := db.QueryRow(b.Context(), `select id::text, `+at+`, due_on from expression where queue <> 'aside' order by `+order+` offset $1 limit 1`,
		min(deep-1, *expressions/interest.PageSize/2)*interest.PageSize).Scan(&c.ID, &c.At, &due)
	if err != nil {
		b.Fatalf("finding page %d %s: %v", deep, sort, err)
	}
	if due != nil && sort == interest.ByDue {
		c.Due = interest.DayOf(*due)
	}
	return c
}

func addSearches(search func(string, time.Duration, func(*rand.Rand) (string, url.Values)), s sample) {
	all := query("tab", "all")
	name := func(random *rand.Rand) string { return pick(random, s.names) }
	last := func(random *rand.Rand) string { return lastOf(name(random)) }
	for _, one := range []struct {
		name string
		in   url.Values
		draw func(*rand.Rand) string
	}{
		{"a reference", all, func(random *rand.Rand) string { return pick(random, s.references) }},
		{"an email address", all, func(random *rand.Rand) string { return pick(random, s.emails) }},
		{"a register number", all, func(random *rand.Rand) string { return pick(random, s.numbers) }},
		{"a whole name", all, name},
		{"a last name", all, last},
		{"3 letters of a name", all, func(random *rand.Rand) string { return first(last(random), 3) }},
		{"the start of two words", all, func(random *rand.Rand) string { return starts(name(random)) }},
		{"a last name, of a stage", query("tab", "all", "stage", "withdrawn", "sort", "newest"), last},
		{"a last name, of those that need us", query("tab", "needs-us", "stage", "contacted"), last},
		{"a word of notes", all, func(random *rand.Rand) string {
			return pick(random, []string{"portfolio", "Grantham", "childcare", "indemnity"})
		}},
		{"a word that many have", all, func(random *rand.Rand) string { return pick(random, []string{"hospital", "senior", "example", "com"}) }},
		{"a word that nobody has", all, func(random *rand.Rand) string { return fmt.Sprintf("9%07dQ", random.IntN(10_000_000)) }},
	} {
		search("search: "+one.name, goal, func(random *rand.Rand) (string, url.Values) { return one.draw(random), one.in })
	}
	search("search: a name with a slip of the keyboard", fallbackGoal, func(random *rand.Rand) (string, url.Values) {
		return slip(random, pick(random, s.words)), all
	})
}

// addBeside adds the pages from which and to which people go.
func addBeside(add func(string, func(*rand.Rand) string), s sample) {
	add("the first page of the staff area", func(*rand.Rand) string { return adminview.HomeURL() })
	add("one case", func(random *rand.Rand) string { return adminview.ExpressionURL(pick(random, s.references)) })
}

func lastOf(name string) string { return name[strings.LastIndex(name, " ")+1:] }

func first(s string, n int) string { return string([]rune(s)[:min(n, len([]rune(s)))]) }

func starts(name string) string {
	var starts []string
	for _, word := range strings.Fields(name) {
		starts = append(starts, first(word, 4))
	}
	return strings.Join(starts, " ")
}

// slip is a word as a hasty hand types it.
func slip(random *rand.Rand, word string) string {
	letters := []rune(word)
	at := 1 + random.IntN(len(letters)-2)
	switch random.IntN(3) {
	case 0:
		letters[at], letters[at+1] = letters[at+1], letters[at]
	case 1:
		letters = slices.Delete(letters, at, at+1)
	default:
		letters[at] = 'x'
	}
	return string(letters)
}
