package interest

import (
	"fmt"
	"slices"
	"strings"

	"ahpfaculty/internal/updating"
)

// order is an order of cases in SQL.
type order struct {
	keys []string // the last is the id, which no two cases share
	down bool
}

const dueKey = "coalesce(due_on, 'infinity')"

var (
	byDue      = []string{dueKey, "received_at", "id"}
	byReceived = []string{"received_at", "id"}
)

var orders = map[Sort]order{
	ByDue:      {keys: byDue},
	ByReceived: {keys: byReceived},
	ByNewest:   {keys: byReceived, down: true},
	ByChange:   {keys: []string{"updated_at", "id"}, down: true},
}

// cursor is the place of a row in an order.
func (s Sort) cursor(r Summary, before bool) Cursor {
	c := Cursor{Before: before, At: r.ReceivedAt, ID: r.ID}
	switch s {
	case ByChange:
		c.At = r.UpdatedAt
	case ByReceived, ByNewest:
	default:
		c.Due = r.DueOn
	}
	return c
}

// down reports whether a page is read from large keys to small ones, as the page
// before is in an order of the other kind.
func (q *queueQuery) down() bool {
	return orders[q.filter.Sort].down != q.filter.Cursor.Before
}

// by is an order of keys in the direction in which the page is read.
func (q *queueQuery) by(keys []string) string {
	if q.down() {
		return strings.Join(keys, " desc, ") + " desc"
	}
	return strings.Join(keys, ", ")
}

// beyond is the condition that a row comes after the cursor; "" for the first
// page. Without a day the cases of an order by days are those that have none.
func (q *queueQuery) beyond(keys []string) string {
	c := q.filter.Cursor
	if c.ID == "" {
		return ""
	}
	values := []string{"@at", "@id"}
	q.args["at"], q.args["id"] = c.At, c.ID
	if keys[0] == dueKey {
		values = append([]string{"@due::text::date"}, values...)
		q.args["due"] = "infinity"
		if !c.Due.IsZero() {
			q.args["due"] = c.Due.String()
		}
	}
	sign := " > "
	if q.down() {
		sign = " < "
	}
	return "(" + strings.Join(keys, ", ") + ")" + sign + "(" + strings.Join(values, ", ") + ")"
}

// stretch is a part of an order in which indexes have the cases. After a stretch
// comes the next one.
type stretch struct {
	keys  []string
	leads []lead
	dated bool // its cases have a day
	holds bool // each lead holds who has the cases to nobody
}

// lead is a part of an index that has cases of a stretch in their order.
type lead struct {
	conditions []string
	keys       []string
	after      string // the condition of what comes after the cursor; "" for all
}

// by is an order of the stretch. What has the same value for all cases Postgres
// knows not to matter, unless they have none.
func (s stretch) by(q *queueQuery, keys []string) string {
	if s.holds {
		return q.by(append([]string{"assignee_id"}, keys...))
	}
	return q.by(keys)
}

// stretches are those of the filter's order, from the cursor on. An order by days
// has two: first what has a day, then all else as it was received.
func (q *queueQuery) stretches() []stretch {
	f := q.filter
	if f.Sort != ByDue {
		keys := orders[f.Sort].keys
		s := q.stretch(keys, f.parts(), q.beyond(keys))
		if keys[0] == "received_at" {
			s.narrow(q.received...)
		}
		return []stretch{s}
	}
	later := f.Cursor.ID != "" && !f.Cursor.Before && f.Cursor.Due.IsZero()
	earlier := f.Cursor.Before && !f.Cursor.Due.IsZero()
	var found []stretch
	if parts := f.datedParts(); len(parts) > 0 && !later {
		s := q.stretch(byDue, parts, q.beyond(byDue))
		s.dated = true
		if f.Late {
			s.narrow(q.late...)
		} else {
			s.narrow(dueKey + " < 'infinity'")
		}
		s.narrow(f.dueFrom(q.today)...)
		found = append(found, s)
	}
	if !f.Late && !earlier {
		found = append(found, q.withoutDay())
	}
	if f.Cursor.Before {
		slices.Reverse(found)
	}
	return found
}

// datedFirst reports whether the order begins with what has a day.
func (q *queueQuery) datedFirst() bool {
	s := q.stretches()
	return len(s) > 0 && s[0].dated
}

// dueFrom are the conditions that a case is due no earlier than what came on the
// first day of a filter can be: on that day, unless there are cases that were due
// before they came, which an index tells at once.
func (f Filter) dueFrom(today updating.Date) (conditions []string) {
	for _, b := range f.received(today) {
		if b.sign == ">=" {
			conditions = append(conditions, fmt.Sprintf(
				"%s >= least(@%s::date, (select min(due_on) from expression where due_on < (received_at at time zone 'Europe/London')::date))", dueKey, b.name))
		}
	}
	return conditions
}

// withoutDay is the stretch of what has no day.
func (q *queueQuery) withoutDay() stretch {
	after := func(keys []string) string {
		if q.filter.Cursor.Due.IsZero() {
			return q.beyond(keys)
		}
		return ""
	}
	parts := q.filter.parts()
	s := q.stretch(byReceived, parts, after(byReceived))
	for i, part := range parts {
		if hasDays(part) {
			// Nearly all cases of the part have a day. With "= 'infinity'", which leaves
			// the day out of the order, Postgres would take the index of what was
			// received and go through all of those. No day is later than infinity.
			s.leads[i].conditions = append(s.leads[i].conditions, dueKey+" >= 'infinity'")
			s.leads[i].keys, s.leads[i].after = byDue, after(byDue)
		}
	}
	s.narrow(q.received...)
	return s
}

// hasDays reports whether cases of a part of the queue may have a day: the database
// runs the clocks of what is ours, also while it is set aside.
func hasDays(part string) bool { return part == "ours" || part == "aside" }

// datedParts are those parts of a filter in which cases have days.
func (f Filter) datedParts() []string {
	return slices.DeleteFunc(f.parts(), func(part string) bool { return !hasDays(part) })
}

// inParts is the condition that a case is in one of some parts.
func inParts(parts []string) string { return "queue in ('" + strings.Join(parts, "', '") + "')" }

// stretch is one of an order in some parts of the queue.
func (q *queueQuery) stretch(keys, parts []string, after string) stretch {
	f := q.filter
	s := stretch{keys: keys, holds: f.holder() == Nobody && f.Stage == ""}
	for _, part := range parts {
		conditions := []string{"queue = '" + part + "'"}
		if f.Stage != "" {
			conditions = append(conditions, ofStage)
		} else {
			conditions = append(conditions, q.held()...)
		}
		s.leads = append(s.leads, lead{conditions: conditions, keys: keys, after: after})
	}
	return s
}

// narrow adds conditions to every lead.
func (s *stretch) narrow(conditions ...string) {
	for i := range s.leads {
		s.leads[i].conditions = append(s.leads[i].conditions, conditions...)
	}
}

// parts are those of the queue in which the cases may be: only what has a day can
// be late, a stage has either ended or not, and one person has a case.
func (f Filter) parts() []string {
	if f.Assignee != "" && f.Assignee != f.holder() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.Tab.info().parts), func(part string) bool {
		return f.Late && !hasDays(part) ||
			f.Stage != "" && part != "aside" && f.Stage.Info().Ends != (part == "ended")
	})
}

// walk is the SQL that gives the cases of a stretch in their order.
func (s stretch) walk(q *queueQuery, columns string, most int) string {
	var parts []string
	for _, l := range s.leads {
		conditions := slices.Clone(l.conditions)
		if l.after != "" {
			conditions = append(conditions, l.after)
		}
		parts = append(parts, fmt.Sprintf(`(select %s from expression where %s order by %s limit %d)`,
			columns, joined(conditions), s.by(q, l.keys), most))
	}
	return fmt.Sprintf(`(select * from (%s) parts order by %s limit %d) walked`, strings.Join(parts, " union all "), s.walkedBy(q), most)
}

// walkedBy is the order of the columns of walk: an expression of which Postgres
// knows that rows are sorted by it must be one of them, or it sorts them again.
func (s stretch) walkedBy(q *queueQuery) string {
	return strings.ReplaceAll(s.by(q, s.keys), dueKey, "due")
}

// rows is the SQL that gives an empty row for each case of a stretch, so many at
// most of each lead. Without an order Postgres might look for them in an index
// that has them far apart.
func (s stretch) rows(q *queueQuery, most int) string {
	var parts []string
	for _, l := range s.leads {
		parts = append(parts, fmt.Sprintf(`(select from expression where %s order by %s limit %d)`, joined(l.conditions), s.by(q, l.keys), most))
	}
	return strings.Join(parts, " union all ")
}
