// Package purge deletes what has had its time, as the rows of the retention
// say. The hourly job, the command and the staff area's preview are this one
// code.
package purge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/staff"
)

// Store runs the rules of retention.
type Store struct {
	DB  postgres.DB
	Now func() time.Time
}

// Count is how many things a rule deleted, or would delete.
type Count struct {
	Rule retention.Rule
	Rows int64
}

// rule deletes the things of a kind that had their time before a time.
type rule func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error)

// many is a kind of which so many things may have had their time that its rule
// deletes a batch of them at most, and a dry run only counts them.
type many struct {
	batch int64
	count func(ctx context.Context, db postgres.DB, before time.Time) (int64, error)
}

func (s *Store) many() map[retention.Kind]many {
	return map[retention.Kind]many{
		retention.EndedExpression: {batch: interest.EndedAtOnce, count: func(ctx context.Context, db postgres.DB, before time.Time) (int64, error) {
			return s.interest(db).CountEnded(ctx, before)
		}},
	}
}

// rules are what deletes, by the kind of thing.
func (s *Store) rules() map[retention.Kind]rule {
	return map[retention.Kind]rule{
		retention.Draft: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeDrafts(ctx, before)
		},
		retention.EndedExpression: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeEnded(ctx, before)
		},
		retention.ErasedReference: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeErased(ctx, before)
		},
		retention.AnsweredEnquiry: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&enquiry.Store{DB: tx}).PurgeAnswered(ctx, before)
		},
		retention.SetAsideEnquiry: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&enquiry.Store{DB: tx}).PurgeSetAside(ctx, before)
		},
		retention.ClosedOffer: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&offer.Store{DB: tx}).PurgeClosed(ctx, before)
		},
		retention.Offer: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&offer.Store{DB: tx}).PurgeOld(ctx, before)
		},
		retention.SetAsideOffer: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&offer.Store{DB: tx}).PurgeSetAside(ctx, before)
		},
		retention.SetAsideExpression: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeSetAside(ctx, before)
		},
		retention.TrackLink: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeTrackLinks(ctx, before)
		},
		retention.StaffSearch: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&staff.Store{DB: tx}).PurgeSearches(ctx, before)
		},
		retention.Session: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&staff.Store{DB: tx}).PurgeSessions(ctx, before)
		},
		retention.StaffLink: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&staff.Store{DB: tx}).PurgeLinks(ctx, before)
		},
		retention.StaffDevice: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&staff.Store{DB: tx}).PurgeDevices(ctx, before)
		},
		retention.Attempt: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return attempt.Store{DB: tx}.Purge(ctx, before)
		},
		retention.ExportFile: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeExportFiles(ctx, before)
		},
		retention.Export: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return s.interest(tx).PurgeExports(ctx, before)
		},
		retention.AuditRow: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return audit.Empty(ctx, tx, before)
		},
		retention.BulkChange: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&bulk.Store{DB: tx, Now: s.Now}).Purge(ctx, before)
		},
		retention.Intake: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&intake.Store{DB: tx, Now: s.Now}).PurgeFiles(ctx, before)
		},
		retention.Import: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&intake.Store{DB: tx, Now: s.Now}).Purge(ctx, before)
		},
		retention.Run: func(ctx context.Context, tx pgx.Tx, before time.Time) (int64, error) {
			return (&retention.Store{DB: tx}).PurgeRuns(ctx, before)
		},
	}
}

func (s *Store) interest(db postgres.DB) *interest.Store { return &interest.Store{DB: db, Now: s.Now} }

// Run deletes by every rule, or with dry only counts, and records what each
// did. A rule that fails keeps none of the others from running.
func (s *Store) Run(ctx context.Context, dry bool) ([]Count, error) {
	kept := retention.Store{DB: s.DB, Now: s.Now}
	rules, err := kept.Rules(ctx)
	if err != nil {
		return nil, err
	}
	var counts []Count
	var faults []error
	for _, r := range rules {
		rows, err := s.run(ctx, r, dry)
		if err != nil {
			faults = append(faults, fmt.Errorf("running the rule %s: %w", r.Kind, err))
		}
		if err == nil || rows > 0 {
			counts = append(counts, Count{Rule: r, Rows: rows})
		}
	}
	return counts, errors.Join(faults...)
}

// run deletes by a rule, batch after batch. Each batch and its record are one
// transaction: what stops a run leaves nothing half done or counted twice. The
// records of a run have its time.
func (s *Store) run(ctx context.Context, r retention.Rule, dry bool) (int64, error) {
	var all int64
	at := s.Now().UTC()
	for {
		var rows int64
		err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
			var err error
			if rows, err = s.delete(ctx, tx, r, at, dry); err != nil {
				return err
			}
			kept := retention.Store{DB: tx, Now: func() time.Time { return at }}
			return kept.Record(ctx, r.Kind, dry, rows)
		})
		if err != nil {
			return all, err
		}
		all += rows
		if batch := s.many()[r.Kind].batch; dry || batch == 0 || rows < batch {
			return all, nil
		}
	}
}

// Preview counts what a rule would delete now; nothing is deleted or recorded.
func (s *Store) Preview(ctx context.Context, r retention.Rule) (int64, error) {
	rows, err := s.delete(ctx, s.DB, r, s.Now().UTC(), true)
	if err != nil {
		return 0, fmt.Errorf("counting what the rule %s would delete: %w", r.Kind, err)
	}
	return rows, nil
}

// errUndo ends the transaction of a dry run.
var errUndo = errors.New("a dry run is undone")

// delete deletes by a rule what had its time, one batch where it has batches. A
// dry run deletes too and is undone: what it counts cannot differ from what a run
// would delete. Where that would be too much, it counts what the batches choose.
func (s *Store) delete(ctx context.Context, db postgres.DB, r retention.Rule, now time.Time, dry bool) (int64, error) {
	if m, ok := s.many()[r.Kind]; ok && dry {
		return m.count(ctx, db, r.Before(now))
	}
	purge := s.rules()[r.Kind]
	if purge == nil {
		return 0, fmt.Errorf("nothing deletes %s: %w", r.Kind, fault.NotFound)
	}
	var rows int64
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		var err error
		rows, err = purge(ctx, tx, r.Before(now))
		if err == nil && dry {
			err = errUndo
		}
		return err
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return rows, err
}
