package audit

import (
	"context"
	"fmt"
	"time"

	"ahpfaculty/internal/postgres"
)

// Look is how often, and when, somebody did one thing to a subject.
type Look struct {
	ActorKind string
	ActorID   string
	Action    string
	Times     int
	First     time.Time
	Last      time.Time
}

// LooksAt gives who did any of some actions to a subject, whoever did so last
// first.
func LooksAt(ctx context.Context, db postgres.DB, subjectKind, subjectID string, actions ...string) ([]Look, error) {
	list, err := postgres.List[Look](ctx, db, `
		select actor_kind, actor_id, action, count(*) as times, min(at) as first, max(at) as last
		from audit_event
		where subject_kind = $1 and subject_id = $2 and action = any($3) and outcome = $4
		group by actor_kind, actor_id, action
		order by max(id) desc`, subjectKind, subjectID, actions, Done)
	if err != nil {
		return nil, fmt.Errorf("reading who looked at %s %s: %w", subjectKind, subjectID, err)
	}
	return list, nil
}
