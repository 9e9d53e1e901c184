package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// warnings are how long before a draft is deleted its owner is told, the
// longest first.
var warnings = []struct {
	name string // a part of the mail's occasion
	lead time.Duration
}{
	{"week", 7 * 24 * time.Hour},
	{"day", 24 * time.Hour},
}

// WarnExpiring owes the owners of drafts that are deleted soon a mail each: one
// a week and one a day before. Who changes an answer meanwhile is warned anew
// before the new day; who was warned for a day is not warned of it again. It
// says how many drafts are soon deleted.
func (s *Store) WarnExpiring(ctx context.Context) (int, error) {
	ending := 0
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		drafts, err := postgres.List[expiring](ctx, tx, `
			select id::text, expires_at from draft
			where email <> '' and reference is null and expires_at > $1 and expires_at <= $2
			order by expires_at, id for share skip locked`, s.now(), s.now().Add(warnings[0].lead))
		if err != nil {
			return err
		}
		for _, draft := range drafts {
			if err := s.Outbox.EnqueueFor(ctx, tx, mail.DraftExpires, draft.ID, draft.occasion(s.now())); err != nil {
				return err
			}
		}
		ending = len(drafts)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("warning of drafts that expire: %w", err)
	}
	return ending, nil
}

// expiring is a draft that is deleted soon.
type expiring struct {
	ID        string
	ExpiresAt time.Time
}

// occasion is the nearest warning that is due, and the day it warns of.
func (e expiring) occasion(now time.Time) string {
	name := ""
	for _, w := range warnings {
		if !e.ExpiresAt.After(now.Add(w.lead)) {
			name = w.name
		}
	}
	return name + " before " + e.ExpiresAt.UTC().Format(time.DateOnly)
}

// MintWarningLink makes the link of a warning, as MintLink does. A draft that
// was changed since, so that it is not deleted soon, gets none: a Conflict fault.
func (s *Store) MintWarningLink(ctx context.Context, draftID string) (string, Link, error) {
	draft, err := s.Draft(ctx, draftID)
	if err != nil {
		return "", Link{}, err
	}
	if draft.ExpiresAt.After(s.now().Add(warnings[0].lead)) {
		return "", Link{}, fmt.Errorf("draft %s is not deleted soon: %w", draftID, fault.Conflict)
	}
	return s.MintLink(ctx, draftID)
}
