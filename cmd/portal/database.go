package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/private"
)

// Sizes and limits of the pools: requests fail fast, jobs may take longer, and
// an export holds its connection as long as whoever reads it takes.
var (
	requestPool = postgres.Options{MaxConns: 16, StatementTimeout: 5 * time.Second, LockTimeout: 2 * time.Second, AppName: "portal requests"}
	jobPool     = postgres.Options{MaxConns: 6, StatementTimeout: 5 * time.Minute, LockTimeout: 30 * time.Second, AppName: "portal jobs"}
	exportPool  = postgres.Options{MaxConns: 3, StatementTimeout: time.Minute, LockTimeout: 2 * time.Second, AppName: "portal exports"}
)

// stopTime is how long the private Postgres may take to stop.
const stopTime = 20 * time.Second

// database is an open, migrated database with its pools.
type database struct {
	config   config.Config
	requests *pgxpool.Pool
	jobs     *pgxpool.Pool
	exports  *pgxpool.Pool
	owner    string          // the URL of the tables' owner
	private  *private.Server // nil when the settings name a server
}

// openDatabase starts the private Postgres unless the settings name another,
// migrates, and opens the pools.
//
// Exclusive refuses a private Postgres that another portal uses.
func openDatabase(ctx context.Context, c config.Config, log *slog.Logger, exclusive bool) (d *database, err error) {
	d = &database{config: c}
	serving, owner := c.DatabaseURL, c.DatabaseOwnerURL
	if serving == "" {
		d.private, err = private.Start(ctx, private.Options{DataDir: c.DataDir, BinDir: c.PGBin, Log: log, Exclusive: exclusive})
		if err != nil {
			return nil, err
		}
		serving, owner = d.private.ServingURL(), d.private.OwnerURL()
	}
	if owner == "" {
		owner = serving
	}
	d.owner = owner
	if err := d.open(ctx, serving, owner); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (d *database) open(ctx context.Context, serving, owner string) error {
	if err := postgres.Migrate(ctx, owner, roleOf(serving)); err != nil {
		return err
	}
	var err error
	if d.requests, err = postgres.Open(ctx, serving, requestPool); err != nil {
		return err
	}
	if d.jobs, err = postgres.Open(ctx, serving, jobPool); err != nil {
		return err
	}
	if d.exports, err = postgres.Open(ctx, serving, exportPool); err != nil {
		return err
	}
	if d.config.Live() {
		return postgres.RefuseOwner(ctx, d.requests)
	}
	return nil
}

// Close ends the pools, then the private Postgres.
func (d *database) Close() {
	for _, pool := range []*pgxpool.Pool{d.requests, d.jobs, d.exports} {
		if pool != nil {
			pool.Close()
		}
	}
	if d.private == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := d.private.Stop(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "portal: stopping Postgres: %v\n", err)
	}
}

// roleOf is the role that a database URL connects as; "" when it leaves that
// to the environment.
func roleOf(databaseURL string) string {
	parsed, err := url.Parse(databaseURL)
	if err != nil || parsed.User == nil {
		return ""
	}
	return parsed.User.Username()
}

// withDatabase runs one command's work on the database that the settings name.
func withDatabase(ctx context.Context, work func(*database) error) error {
	c, err := loadConfig()
	if err != nil {
		return err
	}
	d, err := openDatabase(ctx, c, newLog(c), false)
	if err != nil {
		return err
	}
	defer d.Close()
	return work(d)
}

// loadConfig reads the settings from the environment.
func loadConfig() (config.Config, error) {
	c, err := config.Load(os.Getenv)
	if err != nil {
		return config.Config{}, fmt.Errorf("these settings are wrong (docs/running.md lists them all)\n%w", err)
	}
	return c, nil
}

// newLog writes JSON to standard error: in development warnings and errors, so
// that the terminal stays readable; in production every request.
func newLog(c config.Config) *slog.Logger {
	level := slog.LevelWarn
	if c.Live() {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
