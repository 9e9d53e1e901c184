// Package job runs what the portal does in the background: it sends the mails
// that are owed and forgets what has had its time.
package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/mailview"
)

// Deps is what the jobs work with. The stores are on the jobs' own pool.
type Deps struct {
	Log       *slog.Logger
	Now       func() time.Time
	Purge     *purge.Store
	Mails     *mail.Store
	Sender    mail.Sender
	From      string // the address that mail comes from
	Interest  *interest.Store
	Bulk      *bulk.Store
	Intake    *intake.Store
	Enquiries *enquiry.Store
	Offers    *offer.Store
	Staff     *staff.Store
	Faculty   *faculty.Store
	Reports   *report.Store
	Notices   *notice.Store
	Exporter  *interest.Exporter
	ExportDir string                    // for the temporary files of exports
	StaffLink func(token string) string // the whole address of a one-time link
	DraftLink func(token string) string // the whole address of a one-time link to a draft
	// The whole addresses of the pages where a returner follows their case,
	// answers what they are asked, and confirms a new address.
	TrackLink, AnswerLink, ConfirmLink func(token string) string
	NoticeLinks                        mailview.Notices
}

// How the jobs run.
const (
	workers    = 4
	jobTime    = 90 * time.Second
	rescueTime = 2 * jobTime // then a job is taken from a portal that was killed over it
	purgeEvery = time.Hour
)

// New makes the client that runs the jobs, between its Start and its Stop.
func New(pool *pgxpool.Pool, d Deps) (*river.Client[pgx.Tx], error) {
	all := river.NewWorkers()
	c := &chores{workers: all}
	err := errors.Join(
		river.AddWorkerSafely(all, &mailWorker{deps: d}),
		river.AddWorkerSafely(all, &dueWorker{deps: d}),
		river.AddWorkerSafely(all, &exportWorker{deps: d}),
		river.AddWorkerSafely(all, &bulkWorker{deps: d}),
		river.AddWorkerSafely(all, &intakeWorker[intake.CheckJob]{deps: d, time: intakeCheckTime, part: d.Intake.Check}),
		river.AddWorkerSafely(all, &intakeWorker[intake.ImportJob]{deps: d, time: intakeImportTime, part: d.Intake.Run}),
		every(c, purgeEvery, Purge{}, d.purge),
		every(c, sweepEvery, Sweep{}, d.sweep),
		every(c, warnEvery, Warn{}, d.warn),
		every(c, wakeEvery, Wake{}, d.wake),
		every(c, learnEvery, Learn{}, d.learn),
		every(c, sealEvery, Seal{}, d.seal),
		every(c, noticeEvery, Notice{}, d.notice),
		every(c, reportEvery, Report{}, d.report),
	)
	if err != nil {
		return nil, fmt.Errorf("adding the workers: %w", err)
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger:               d.Log,
		JobTimeout:           jobTime,
		RescueStuckJobsAfter: rescueTime,
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: workers}, interest.ExportQueue: {MaxWorkers: 1}, interest.DueQueue: {MaxWorkers: 1},
			intake.Queue: {MaxWorkers: 1},
		},
		RetryPolicy:  retryPolicy{now: d.Now},
		Workers:      all,
		PeriodicJobs: c.periodic,
		// Rebuilding River's indexes needs their owner, which the serving role is not.
		ReindexerSchedule: river.NeverSchedule(),
	})
	if err != nil {
		return nil, fmt.Errorf("making the job client: %w", err)
	}
	return client, nil
}

// Purge is the job that deletes what has had its time.
type Purge struct{}

// Kind is the job's name in River's tables.
func (Purge) Kind() string { return "purge" }

// purge deletes what the rules of retention say.
func (d Deps) purge(ctx context.Context) error {
	counts, err := d.Purge.Run(ctx, false)
	for _, c := range counts {
		if c.Rows > 0 {
			d.Log.InfoContext(ctx, "purged", "rule", c.Rule.Kind, "rows", c.Rows)
		}
	}
	if err != nil {
		return plain("purging", err)
	}
	return nil
}
