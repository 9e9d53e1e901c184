// Package audit keeps the append-only record of who did what.
//
// An entry holds ids, an action, an outcome and a time, never a personal value.
package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Who an entry's actor can be.
const (
	Staff    = "staff"
	Returner = "returner"
	System   = "system"
	Nobody   = "nobody" // somebody unknown: a request that was refused, the sender of an enquiry
)

// How an action ended.
const (
	Done    = "done"
	Refused = "refused"
)

// Entry is one thing that somebody did, or was refused.
type Entry struct {
	ActorKind   string // Staff, Returner, System or Nobody
	ActorID     string // a staff account's id; "" for the others
	Action      string // noun.verb: "expression.move"
	SubjectKind string // what it was done to: "expression"
	SubjectID   string // that thing's id, never its name
	Outcome     string // Done or Refused
	RequestID   string // ties the entry to the log
	Detail      string // what more there is to say in closed words, such as an export's filter; never a personal value; cut after 2,000 characters
}

// Row is an entry as it was kept.
type Row struct {
	ID          int64
	At          time.Time
	ActorKind   string
	ActorID     string
	Action      string
	SubjectKind string
	SubjectID   string
	Outcome     string
	RequestID   string
	Detail      string
}

// Record adds an entry; given a transaction it stands or falls with it.
func Record(ctx context.Context, db postgres.DB, e Entry) error {
	if _, err := db.Exec(ctx, insert, e.values()...); err != nil {
		return fmt.Errorf("recording %s of %s %s: %w", e.Action, e.SubjectKind, e.SubjectID, err)
	}
	return nil
}

// Queue adds an entry as Record does, with the other statements of a batch.
func Queue(batch *pgx.Batch, e Entry) { batch.Queue(insert, e.values()...) }

const insert = `
	insert into audit_event (actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail)
	values ($1, $2, $3, $4, $5, $6, $7, left($8, 2000))`

func (e Entry) values() []any {
	return []any{e.ActorKind, e.ActorID, e.Action, e.SubjectKind, e.SubjectID, e.Outcome, e.RequestID, e.Detail}
}
