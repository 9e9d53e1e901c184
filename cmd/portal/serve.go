package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/job"
	"ahpfaculty/internal/server"
	"ahpfaculty/web"
	"ahpfaculty/web/adminview"
)

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
	if err := content.ImportIfEmpty(ctx, d.jobs, pack.Files); err != nil {
		return err
	}
	if c.Secrets, err = secrets(c); err != nil {
		return err
	}
	portal, err := server.New(server.Deps{Config: c, Log: log, Pool: d.requests, Assets: assets, Now: time.Now})
	if err != nil {
		return err
	}
	workers, err := job.New(job.Deps{Config: c, Log: log, Pool: d.jobs, Now: time.Now})
	if err != nil {
		return err
	}
	return run(ctx, c, d, portal, workers, listener, out)
}

// run serves until the context ends: first requests finish, then jobs.
func run(ctx context.Context, c config.Config, d *database, portal *server.Server, workers *job.Workers, listener net.Listener, out io.Writer) error {
	if err := workers.Start(ctx); err != nil {
		return err
	}
	defer workers.Stop()
	group, groupCtx := errgroup.WithContext(ctx)
	if c.MetricsAddr != "" {
		metrics, err := listen("PORTAL_METRICS_ADDR", c.MetricsAddr)
		if err != nil {
			return err
		}
		group.Go(func() error { return portal.ServeMetrics(groupCtx, metrics) })
	}
	group.Go(func() error { portal.Watch(groupCtx, d.jobs); return nil })
	group.Go(func() error { return portal.Serve(groupCtx, listener) })
	if err := announce(ctx, c, d, out); err != nil {
		return err
	}
	return group.Wait()
}

// announce says that the portal answers and, while no lead can sign in yet,
// how the first one gets in. In production a link never stands on a terminal.
func announce(ctx context.Context, c config.Config, d *database, out io.Writer) error {
	accounts := newStaffStore(d.jobs)
	leads, err := accounts.CountLeadsWhoCanSignIn(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Portal ready at %s\n", c.BaseURL)
	if leads > 0 {
		return nil
	}
	if c.Live() {
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
