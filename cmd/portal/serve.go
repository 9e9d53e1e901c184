package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/config"
	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/job"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/server"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/applyview"
	"ahpfaculty/web/mailview"
)

// jobStopTime is how long jobs under way may take to finish when the portal stops.
const jobStopTime = 10 * time.Second

func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Start the portal",
		Long: "Starts the portal: finds or starts Postgres, migrates, imports the default content into an empty\n" +
			"database, and answers until Ctrl-C or SIGTERM, when it lets requests and mail under way finish.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig()
			if err != nil {
				return err
			}
			return serve(cmd.Context(), c, cmd.OutOrStdout())
		},
	}
}

func serve(ctx context.Context, c config.Config, out io.Writer) error {
	assets, err := web.LoadAssets()
	if err != nil {
		return err
	}
	// Listening first: a taken port is known before anything was started.
	listener, err := listen("PORTAL_ADDR", c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	log := newLog(c)
	d, err := openDatabase(ctx, c, log, true)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := content.ImportIfEmpty(ctx, d.jobs, pack.Files); err != nil {
		return err
	}
	if c.Secrets, err = secrets(c); err != nil {
		return err
	}
	accounts := newStaffStore(c, d.jobs)
	if err := reseal(ctx, c, accounts, log); err != nil {
		return err
	}
	portal, err := server.New(server.Deps{Config: c, Log: log, Pool: d.requests, Exports: d.exports, Outbox: accounts.Outbox, Assets: assets, Now: time.Now})
	if err != nil {
		return err
	}
	workers, err := newWorkers(c, log, d, accounts)
	if err != nil {
		return err
	}
	return run(ctx, c, portal, workers, accounts, listener, out)
}

// reseal encrypts second factors with the newest secret, so that those before
// it can be taken away.
func reseal(ctx context.Context, c config.Config, accounts *staff.Store, log *slog.Logger) error {
	accounts.Secrets = c.Secrets
	lost, err := accounts.Reseal(ctx)
	if lost > 0 {
		log.Warn("second factors that no secret of PORTAL_SECRETS opens: bring the old secret back, or reset them with portal staff reset-second-factor", slog.Int("accounts", lost))
	}
	return err
}

// newWorkers makes the client that sends mail and forgets what has had its time.
func newWorkers(c config.Config, log *slog.Logger, d *database, accounts *staff.Store) (*river.Client[pgx.Tx], error) {
	sender, err := newSender(c)
	if err != nil {
		return nil, err
	}
	cases := &interest.Store{DB: d.jobs, Outbox: accounts.Outbox, Now: time.Now, Random: rand.Reader}
	return job.New(d.jobs, job.Deps{
		Log: log, Now: time.Now, Sender: sender, From: c.MailFrom,
		Exporter: &interest.Exporter{Store: cases, Reads: d.exports}, ExportDir: c.ExportDir(),
		Purge:       &purge.Store{DB: d.jobs, Now: time.Now},
		Mails:       &mail.Store{DB: d.jobs},
		Interest:    cases,
		Bulk:        &bulk.Store{DB: d.jobs, Outbox: accounts.Outbox, Now: time.Now, Random: rand.Reader},
		Intake:      &intake.Store{DB: d.jobs, Now: time.Now, Random: rand.Reader},
		Enquiries:   &enquiry.Store{DB: d.jobs, Outbox: accounts.Outbox, Now: time.Now, Random: rand.Reader},
		Offers:      &offer.Store{DB: d.jobs, Outbox: accounts.Outbox, Now: time.Now, Random: rand.Reader},
		Staff:       accounts,
		Faculty:     &faculty.Store{DB: d.jobs},
		Reports:     &report.Store{DB: d.jobs, Now: time.Now},
		StaffLink:   func(token string) string { return c.BaseURL + adminview.LinkURL(token) },
		DraftLink:   func(token string) string { return c.BaseURL + applyview.ResumeURL(token) },
		TrackLink:   func(token string) string { return c.BaseURL + applyview.TrackURL(token) },
		AnswerLink:  func(token string) string { return c.BaseURL + applyview.ReplyURL(token) },
		ConfirmLink: func(token string) string { return c.BaseURL + applyview.ConfirmURL(token) },
		Notices:     &notice.Store{DB: d.jobs, Outbox: accounts.Outbox, Now: time.Now},
		NoticeLinks: mailview.Notices{
			Case:    func(reference string) string { return c.BaseURL + adminview.ExpressionURL(reference) },
			Queue:   c.BaseURL + adminview.ExpressionsURL(),
			Choices: c.BaseURL + adminview.NoticesURL(),
		},
	})
}

// newSender sends by SMTP where the settings name a server, and otherwise, in
// development, keeps mail in the data folder.
func newSender(c config.Config) (mail.Sender, error) {
	if c.SMTPURL != "" {
		return mail.NewSMTP(c.SMTPURL, nil)
	}
	return &mail.Folder{Dir: c.MailDir(), Now: time.Now}, nil
}

// run serves until the context ends: first requests finish, then jobs.
func run(ctx context.Context, c config.Config, portal *server.Server, workers *river.Client[pgx.Tx], accounts *staff.Store, listener net.Listener, out io.Writer) error {
	// River stops hard when its context ends; ours ends softly, below.
	if err := workers.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting the jobs: %w", err)
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.Background(), jobStopTime)
		defer cancel()
		if err := workers.Stop(stopping); err != nil {
			_ = workers.StopAndCancel(context.Background())
		}
	}()
	group, groupCtx := errgroup.WithContext(ctx)
	if c.MetricsAddr != "" {
		metrics, err := listen("PORTAL_METRICS_ADDR", c.MetricsAddr)
		if err != nil {
			return err
		}
		group.Go(func() error { return portal.ServeMetrics(groupCtx, metrics) })
	}
	group.Go(func() error { portal.Watch(groupCtx); return nil })
	group.Go(func() error { return portal.Serve(groupCtx, listener) })
	// Whoever stops the portal while it says so has no use for the rest.
	if err := announce(ctx, c, accounts, out); err != nil && ctx.Err() == nil {
		return err
	}
	return group.Wait()
}

// announce says that the portal answers and, while no lead can sign in yet,
// how the first one gets in. In production a link never stands on a terminal.
func announce(ctx context.Context, c config.Config, accounts *staff.Store, out io.Writer) error {
	leads, err := accounts.CountLeadsWhoCanSignIn(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Portal ready at %s\n", c.BaseURL)
	if leads > 0 {
		return nil
	}
	if c.Live() || c.LocalSignInOff {
		fmt.Fprintln(out, "No lead can sign in yet. Add one: portal staff add --email … --name … --role lead")
		return nil
	}
	token, err := accounts.FirstLeadLink(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "No lead can sign in yet. Use this one-time link to make the first account:\n%s%s\n", c.BaseURL, adminview.LinkURL(token))
	return nil
}

// listen opens a port; its error names the setting that changes it.
func listen(setting, addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program: stop that one, or set %s to another port, such as %s=127.0.0.1:8090", addr, setting, setting)
	}
	if errors.Is(err, os.ErrPermission) {
		return nil, fmt.Errorf("%s may not be used by this user: set %s to a port over 1024", addr, setting)
	}
	if err != nil {
		return nil, fmt.Errorf("listening on %s (%s): %w", addr, setting, err)
	}
	return listener, nil
}
