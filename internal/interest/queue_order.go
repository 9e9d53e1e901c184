package interest

import (
	"fmt"
	"slices"
	"strings"
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
			s.lead(q.received...)
		}
		return []stretch{s}
	}
	beyond, undated := f.Cursor.ID != "", f.Cursor.Due.IsZero()
	var found []stretch
	if parts := slices.DeleteFunc(f.parts(), isUndated); len(parts) > 0 && !(beyond && undated && !f.Cursor.Before) {
		s := q.stretch(byDue, parts, q.beyond(byDue))
		if s.dated = true; f.Late {
			s.lead(q.late...)
		} else {
			s.lead(dueKey + " < 'infinity'")
		}
		found = append(found, s)
	}
	if !f.Late && !(f.Cursor.Before && !undated) {
		found = append(found, q.undated())
	}
	if f.Cursor.Before {
		slices.Reverse(found)
	}
	return found
}

// undated is the stretch of what has no day.
func (q *queueQuery) undated() stretch {
	after := func(keys []string) string {
		if q.filter.Cursor.Due.IsZero() {
			return q.beyond(keys)
		}
		return ""
	}
	parts := q.filter.parts()
	s := q.stretch(byReceived, parts, after(byReceived))
	for i, part := range parts {
		if !isUndated(part) {
			// Nearly all cases of the part have a day. In the order by when they were
			// received, or if all were said to have the same one, Postgres would go
			// through those.
			s.leads[i].conditions = append(s.leads[i].conditions, dueKey+" >= 'infinity'")
			s.leads[i].keys, s.leads[i].after = byDue, after(byDue)
		}
	}
	s.lead(q.received...)
	return s
}

// isUndated reports whether no case of a part of the queue has a day: the clocks
// of the others run.
func isUndated(part string) bool { return part != "ours" && part != "aside" }

// stretch is one of an order in some parts of the queue.
func (q *queueQuery) stretch(keys, parts []string, after string) stretch {
	f := q.filter
	s := stretch{keys: keys, holds: f.holder() == Nobody && f.Stage == ""}
	for _, part := range parts {
		conditions := []string{"queue = '" + part + "'"}
		switch {
		case f.Stage != "":
			conditions = append(conditions, "stage = @stage")
		case s.holds:
			conditions = append(conditions, "assignee_id is null")
		case f.holder() != "":
			conditions, q.args["holder"] = append(conditions, "assignee_id = @holder"), f.holder()
		}
		s.leads = append(s.leads, lead{conditions: conditions, keys: keys, after: after})
	}
	return s
}

// lead adds conditions to every lead.
func (s *stretch) lead(conditions ...string) {
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
		return f.Late && isUndated(part) ||
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
