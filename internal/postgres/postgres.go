// Package postgres opens the database, runs transactions in it and migrates it.
package postgres

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is what a store works on: a pool and a transaction both meet it, so that
// a store given a transaction makes its own a savepoint of it.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
	SendBatch(ctx context.Context, batch *pgx.Batch) pgx.BatchResults
}

// Options are the limits of a pool; zero values leave Postgres's and pgx's own.
type Options struct {
	MaxConns         int32
	StatementTimeout time.Duration
	LockTimeout      time.Duration
	AppName          string // as it stands in pg_stat_activity
	Setting          string // what errors call the URL; "" is DATABASE_URL
}

// connectTime is how long a new connection may take.
const connectTime = 3 * time.Second

// Open makes a pool and proves that the server answers. Its error says what to
// do and never holds the URL, which may hold a password.
func Open(ctx context.Context, url string, o Options) (*pgxpool.Pool, error) {
	setting := cmp.Or(o.Setting, "DATABASE_URL")
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: it looks like postgres://user:password@host:5432/database", setting)
	}
	config.ConnConfig.ConnectTimeout = connectTime
	parameters := config.ConnConfig.RuntimeParams
	parameters["timezone"] = "UTC"
	parameters["idle_in_transaction_session_timeout"] = "60000"
	if o.AppName != "" {
		parameters["application_name"] = o.AppName
	}
	if o.StatementTimeout > 0 {
		parameters["statement_timeout"] = strconv.FormatInt(o.StatementTimeout.Milliseconds(), 10)
	}
	if o.LockTimeout > 0 {
		parameters["lock_timeout"] = strconv.FormatInt(o.LockTimeout.Milliseconds(), 10)
	}
	if o.MaxConns > 0 {
		config.MaxConns = o.MaxConns
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be used: %s", setting, reason(err))
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("the database of %s does not answer: %s: check the URL, and that the server runs", setting, reason(err))
	}
	return pool, nil
}

// reason says why a connection failed, without what it was made with.
func reason(err error) string {
	var answered *pgconn.PgError
	if errors.As(err, &answered) {
		return answered.Message
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Err.Error()
	}
	var lookup *net.DNSError
	if errors.As(err, &lookup) {
		return "no such host"
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return "its certificate is not trusted: " + certificate.Err.Error()
	}
	if err != nil && strings.Contains(err.Error(), "server refused TLS") {
		return "the server speaks no TLS, which the URL's sslmode asks for"
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer in time"
	}
	return "no connection"
}

// InTx runs fn in a transaction, a savepoint when db is one already, and
// commits when fn returns nil. A panic rolls back and goes on.
func InTx(ctx context.Context, db DB, fn func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, db, fn)
}

// IsUnique reports whether err is a second row where the named constraint, or
// with "" any, allows one.
func IsUnique(err error, constraint string) bool {
	var answered *pgconn.PgError
	return errors.As(err, &answered) && answered.Code == "23505" &&
		(constraint == "" || answered.ConstraintName == constraint)
}

// IsUnavailable reports whether err says that the server did not do the work
// because it is away, stopping or too busy: trying again may succeed.
func IsUnavailable(err error) bool {
	if err == nil {
		return false
	}
	var connecting *pgconn.ConnectError
	// A deadline that passes while every connection is taken comes bare.
	if errors.As(err, &connecting) || errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) {
		return true
	}
	var answered *pgconn.PgError
	if errors.As(err, &answered) {
		switch answered.Code {
		case "57P01", "57P02", "57P03", "57014", "55P03", "53300", "40001", "40P01":
			return true
		}
		return strings.HasPrefix(answered.Code, "08")
	}
	var network *net.OpError
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// RefuseOwner is an error when the pool's role is a superuser, owns a table, or
// is a member of a role that does: in production the role that serves owns
// nothing.
func RefuseOwner(ctx context.Context, pool *pgxpool.Pool) error {
	var super bool
	var owned int
	err := pool.QueryRow(ctx, `
		select (select rolsuper from pg_roles where rolname = current_user),
		       (select count(*) from pg_class
		        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and pg_has_role(relowner, 'member'))`).Scan(&super, &owned)
	if err != nil {
		return fmt.Errorf("asking what the serving role owns: %w", err)
	}
	if super || owned > 0 {
		return errors.New("DATABASE_URL connects as a superuser or as the owner of the tables: serve as a role that owns nothing (docs/running.md shows how to make one)")
	}
	return nil
}
