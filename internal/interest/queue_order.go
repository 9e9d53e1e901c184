package interest

import (
	"slices"
	"strings"
)

// order is an order of cases in SQL.
type order struct {
	keys []string // the last is the id, which no two cases share
	down bool
}

const dueKey = "coalesce(due_on, 'infinity')"

var orders = map[Sort]order{
	ByDue:      {keys: []string{dueKey, "received_at", "id"}},
	ByReceived: {keys: []string{"received_at", "id"}},
	ByNewest:   {keys: []string{"received_at", "id"}, down: true},
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

// by is the order of a page that is read from its cursor on: backwards for the
// page before. What leads to the rows may stand in front: Postgres does not see
// that it is the same for all of them where it is null.
func (q *queueQuery) by() string {
	o := orders[q.filter.Sort]
	direction := ""
	if o.down != q.filter.Cursor.Before {
		direction = " desc"
	}
	keys := slices.Clone(o.keys)
	if len(q.lead) == 1 && strings.Contains(q.lead[0], "assignee_id") {
		keys = append([]string{"assignee_id"}, keys...)
	}
	return strings.Join(keys, direction+", ") + direction
}

// walkedBy is the order of the columns of walk: an expression of which Postgres
// knows that rows are sorted by it must be one of them, or it sorts them again.
func (q *queueQuery) walkedBy() string { return strings.ReplaceAll(q.by(), dueKey, "due") }

// beyond is the condition that a row comes after the cursor; "" for the first page.
func (q *queueQuery) beyond() string {
	c, o := q.filter.Cursor, orders[q.filter.Sort]
	if c.ID == "" {
		return ""
	}
	values := []string{"@at", "@id"}
	q.args["at"], q.args["id"] = c.At, c.ID
	if o.keys[0] == dueKey {
		values = append([]string{"@due::text::date"}, values...)
		q.args["due"] = "infinity"
		if !c.Due.IsZero() {
			q.args["due"] = c.Due.String()
		}
	}
	sign := " > "
	if o.down != c.Before {
		sign = " < "
	}
	return "(" + strings.Join(o.keys, ", ") + ")" + sign + "(" + strings.Join(values, ", ") + ")"
}
