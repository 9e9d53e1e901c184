package audit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Filter chooses rows; a zero field chooses by nothing.
type Filter struct {
	ActorKind string
	ActorID   string
	Action    string
	Outcome   string
	SubjectID string
	From, To  time.Time // the first and the last day, of which the date counts
	Before    Place     // only rows that stand before it, which are older
}

// Place is where a row stands among all, by time and id; the zero Place is
// after the newest.
type Place struct {
	At time.Time
	ID int64
}

// Place is where the row stands.
func (r Row) Place() Place { return Place{At: r.At, ID: r.ID} }

// List gives the rows that a filter chooses, the newest first, at most limit of
// them.
func List(ctx context.Context, db postgres.DB, f Filter, limit int) ([]Row, error) {
	sql, args := f.query(limit)
	list, err := postgres.List[Row](ctx, db, sql, args)
	if err != nil {
		return nil, fmt.Errorf("listing the audit: %w", err)
	}
	return list, nil
}

// query leaves out the conditions that choose nothing, so that each combination
// gets the plan that suits it.
func (f Filter) query(limit int) (string, pgx.NamedArgs) {
	args := pgx.NamedArgs{"limit": limit}
	conditions := []string{"true"}
	for _, one := range []struct{ column, value string }{
		{"actor_kind", f.ActorKind}, {"actor_id", f.ActorID}, {"action", f.Action}, {"outcome", f.Outcome}, {"subject_id", f.SubjectID},
	} {
		if one.value != "" {
			conditions = append(conditions, one.column+" = @"+one.column)
			args[one.column] = one.value
		}
	}
	if !f.From.IsZero() {
		conditions = append(conditions, "at >= @from::date::timestamp at time zone 'Europe/London'")
		args["from"] = f.From
	}
	if !f.To.IsZero() {
		conditions = append(conditions, "at < (@to::date + 1)::timestamp at time zone 'Europe/London'")
		args["to"] = f.To
	}
	if f.Before != (Place{}) {
		conditions = append(conditions, "(at, id) < (@at, @id)")
		args["at"], args["id"] = f.Before.At, f.Before.ID
	}
	return `
		select id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail
		from audit_event
		where ` + strings.Join(conditions, " and ") + `
		order by at desc, id desc
		limit @limit`, args
}

// State is how far the audit is sealed.
type State struct {
	SealedAt *time.Time // the last seal; nil before the first
	Waiting  int        // rows that wait for one, counted up to MostWaiting
}

// MostWaiting is how far rows are counted that wait for a seal.
const MostWaiting = 1000

// StateNow gives how far the audit is sealed.
func StateNow(ctx context.Context, db postgres.DB) (State, error) {
	state, err := postgres.One[State](ctx, db, stateSQL, pgx.NamedArgs{"most": MostWaiting})
	if err != nil {
		return State{}, fmt.Errorf("asking how far the audit is sealed: %w", err)
	}
	return state, nil
}

const stateSQL = `
	with head as (select era, xid, id, sealed_at from audit_seal order by sequence desc limit 1),
		waiting as (
			select 1 from audit_event e
			where (e.era, e.xid, e.id) > (coalesce((select era from head), 0), coalesce((select xid from head), '0'), coalesce((select id from head), 0))
			order by era, xid, id
			limit @most)
	select (select sealed_at from head) as sealed_at, (select count(*) from waiting) as waiting`
