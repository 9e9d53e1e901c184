// Package postgrestest gives tests a real Postgres: a transaction that is
// rolled back, or a migrated database of their own.
package postgrestest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/private"
	"ahpfaculty/migrations"
)

// sharedVariable names the URL that StartShared gave, of a server that packages
// share.
const sharedVariable = "PORTAL_TEST_DATABASE_URL"

// Roles of the test server.
const (
	ownerRole   = "portal_owner"
	servingRole = "portal"
)

// forgetful makes a server quick at the price of losing everything in a crash.
var forgetful = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"}

// server is the one that this test binary uses: a superuser's URL and the name
// of the migrated template database.
var server struct {
	superuser string
	template  string
}

// transactions is the database of this test binary that Tx begins in.
var transactions = "tx_" + fresh()

// serving is the pool that Tx takes its transactions from.
var serving = sync.OnceValues(func() (*pgxpool.Pool, error) {
	if err := create(context.Background(), transactions, server.template); err != nil {
		return nil, err
	}
	return postgres.Open(context.Background(), urlFor(servingRole, transactions), postgres.Options{MaxConns: 8})
})

// Main is the body of TestMain: it starts or finds the server, migrates the
// template, runs the tests, cleans up, and exits.
func Main(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	ctx := context.Background()
	server.superuser = os.Getenv(sharedVariable)
	if server.superuser == "" {
		url, stop, err := StartShared(ctx)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer stop()
		server.superuser = url
	}
	if err := prepare(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "preparing the test database:", err)
		return 1
	}
	defer drop(transactions)
	return m.Run()
}

// StartShared starts a throwaway server and gives its superuser's URL; the
// gate shares one between all packages. Stop deletes it.
func StartShared(ctx context.Context) (url string, stop func(), err error) {
	dir, err := folder()
	if err != nil {
		return "", nil, err
	}
	started, err := private.Start(ctx, private.Options{DataDir: dir, Log: slog.Default(), Exclusive: true, Settings: forgetful})
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	return started.SuperuserURL(), func() {
		_ = started.Stop(context.Background())
		_ = os.RemoveAll(dir)
	}, nil
}

// folder is a temporary one that the server's own user can reach.
func folder() (string, error) {
	dir, err := os.MkdirTemp("", "portal-test-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

// prepare migrates the template database once for each state of the migrations;
// packages that share the server wait for the one that does it.
func prepare(ctx context.Context) error {
	sum := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		content, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			return err
		}
		_, _ = sum.Write(content)
	}
	_, _ = sum.Write([]byte(migrations.Grants))
	server.template = fmt.Sprintf("template_%x", sum.Sum(nil)[:6])

	conn, err := pgx.Connect(ctx, server.superuser)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `select pg_advisory_lock(42)`); err != nil {
		return err
	}
	var ready bool
	if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1 and datistemplate)`, server.template).Scan(&ready); err != nil || ready {
		return err
	}
	for _, statement := range []string{
		// An earlier try that did not end well leaves one that is no template yet.
		`drop database if exists ` + server.template,
		`create database ` + server.template + ` owner ` + ownerRole,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	if err := postgres.Migrate(ctx, urlFor(ownerRole, server.template), servingRole); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `alter database `+server.template+` is_template true`)
	return err
}

// Tx is a transaction of the serving role, rolled back when the test ends.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	pool, err := serving()
	if err != nil {
		t.Fatalf("opening the test database: %v", err)
	}
	tx, err := pool.Begin(context.Background())
	if err != nil {
		t.Fatalf("beginning: %v", err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	return tx
}

// NewDatabase is a migrated, empty database of the test's own, dropped when the
// test ends, as the serving role reaches it.
func NewDatabase(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return newFrom(t, server.template)
}

// Copy is a new database that holds what the one of a pool from NewDatabase
// holds. It closes the pool: nobody may use what is being copied.
func Copy(t testing.TB, pool *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	pool.Close()
	return newFrom(t, pool.Config().ConnConfig.Database)
}

func newFrom(t testing.TB, template string) *pgxpool.Pool {
	t.Helper()
	name := "test_" + fresh()
	if err := create(context.Background(), name, template); err != nil {
		t.Fatalf("creating a test database: %v", err)
	}
	t.Cleanup(func() { drop(name) })
	return open(t, urlFor(servingRole, name))
}

// Owner reaches the database of a pool from NewDatabase as its owner.
func Owner(t testing.TB, pool *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	return open(t, urlFor(ownerRole, pool.Config().ConnConfig.Database))
}

// NewServer is a server of the test's own, migrated, that may be restarted
// while the test runs, and a pool of its serving role.
func NewServer(t testing.TB) (*private.Server, *pgxpool.Pool) {
	t.Helper()
	dir, err := folder()
	if err != nil {
		t.Fatalf("making a folder: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	started, err := private.Start(context.Background(), private.Options{DataDir: dir, Log: slog.Default(), Exclusive: true})
	if err != nil {
		t.Fatalf("starting Postgres: %v", err)
	}
	t.Cleanup(func() { _ = started.Stop(context.Background()) })
	if err := postgres.Migrate(context.Background(), started.OwnerURL(), servingRole); err != nil {
		t.Fatalf("migrating: %v", err)
	}
	return started, open(t, started.ServingURL())
}

func open(t testing.TB, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Open(context.Background(), url, postgres.Options{
		MaxConns: 12, StatementTimeout: 20 * time.Second, LockTimeout: 20 * time.Second,
	})
	if err != nil {
		t.Fatalf("opening a test database: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// create copies a database; copies wait for each other, since Postgres
// refuses to copy a database that somebody else is just copying.
func create(ctx context.Context, name, template string) error {
	conn, err := pgx.Connect(ctx, server.superuser)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `select pg_advisory_lock(43)`); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `create database `+name+` template `+template+` owner `+ownerRole)
	return err
}

func drop(name string) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server.superuser)
	if err != nil {
		return // the server is gone, and the database with it
	}
	defer conn.Close(ctx)
	_, _ = conn.Exec(ctx, `drop database if exists `+name+` with (force)`)
}

func urlFor(role, database string) string {
	u, err := url.Parse(server.superuser)
	if err != nil {
		panic("the test server's URL cannot be read")
	}
	u.User = url.User(role)
	u.Path = "/" + database
	return u.String()
}

// fresh is a name that no other database has.
func fresh() string { return strings.ReplaceAll(uuid.NewString(), "-", "") }
