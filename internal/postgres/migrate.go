package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"ahpfaculty/migrations"
)

const (
	// riverStep is the number of the migration that makes River's tables.
	riverStep = 2
	// riverVersion pins River's schema: a newer one is a migration of its own.
	riverVersion = 8
	// ownerSetting is what errors call the owner's URL.
	ownerSetting = "DATABASE_OWNER_URL (where it is unset, DATABASE_URL)"
)

// Migrate brings the database to this program's schema as its owner and gives
// the serving role its rights. Two at once wait for each other.
func Migrate(ctx context.Context, ownerURL, servingRole string) error {
	owner, err := Open(ctx, ownerURL, Options{MaxConns: 4, AppName: "portal migrate", Setting: ownerSetting})
	if err != nil {
		return err
	}
	defer owner.Close()
	db := stdlib.OpenDBFromPool(owner)
	defer db.Close()
	provider, err := newProvider(db, owner)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	if _, err := owner.Exec(ctx, `select begin_audit_era()`); err != nil {
		return fmt.Errorf("looking at the era of the audit: %w", err)
	}
	return grant(ctx, owner, servingRole)
}

func newProvider(db *sql.DB, owner *pgxpool.Pool) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return nil, fmt.Errorf("preparing the migrations' lock: %w", err)
	}
	river := goose.NewGoMigration(riverStep, &goose.GoFunc{RunDB: func(ctx context.Context, _ *sql.DB) error {
		return migrateRiver(ctx, owner)
	}}, nil)
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Files,
		goose.WithSessionLocker(locker), goose.WithGoMigrations(river), goose.WithDisableGlobalRegistry(true),
		// A database that a later branch has migrated gets what it lacks.
		goose.WithAllowOutofOrder(true))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return provider, nil
}

// migrateRiver runs outside goose's own connection: River's driver speaks pgx.
func migrateRiver(ctx context.Context, owner *pgxpool.Pool) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(owner), nil)
	if err != nil {
		return fmt.Errorf("preparing River's tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: riverVersion}); err != nil {
		return fmt.Errorf("making River's tables: %w", err)
	}
	return nil
}

// grant is nothing to do when the owner serves as well, as in development on
// somebody's own server.
func grant(ctx context.Context, owner *pgxpool.Pool, servingRole string) error {
	return InTx(ctx, owner, func(tx pgx.Tx) error {
		var self string
		if err := tx.QueryRow(ctx, `select current_user`).Scan(&self); err != nil {
			return fmt.Errorf("asking who migrates: %w", err)
		}
		if servingRole == "" || servingRole == self {
			return nil
		}
		// Two programs that start at once would otherwise update the same
		// catalogue rows and one would fail.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('portal.grants'))`); err != nil {
			return fmt.Errorf("waiting to grant rights: %w", err)
		}
		if _, err := tx.Exec(ctx, `select set_config('portal.serving_role', $1, true)`, servingRole); err != nil {
			return fmt.Errorf("naming the serving role: %w", err)
		}
		if _, err := tx.Exec(ctx, migrations.Grants); err != nil {
			if hasCode(err, undefinedObject) {
				return fmt.Errorf("the role %q that DATABASE_URL connects as does not exist: make it with create role %s login (docs/running.md shows all of it)", servingRole, pgx.Identifier{servingRole}.Sanitize())
			}
			return fmt.Errorf("granting rights to the serving role: %w", err)
		}
		return nil
	})
}

// What Postgres answers when a role or a table is not there.
const (
	undefinedObject = "42704"
	undefinedTable  = "42P01"
)

func hasCode(err error, code string) bool {
	var answered *pgconn.PgError
	return errors.As(err, &answered) && answered.Code == code
}

// Pending reports whether the database lacks a migration of this program, as
// one that was never migrated does. It is cheap: readiness asks it.
func Pending(ctx context.Context, db DB) (bool, error) {
	all, err := versions()
	if err != nil {
		return false, err
	}
	var pending bool
	err = db.QueryRow(ctx, `
		select exists (select version from unnest($1::bigint[]) version
			except select version_id from goose_db_version where is_applied)`, all).Scan(&pending)
	if hasCode(err, undefinedTable) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("asking which migrations ran: %w", err)
	}
	return pending, nil
}

// versions are the numbers of this program's migrations.
func versions() ([]int64, error) {
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil || len(names) == 0 {
		return nil, errors.Join(errors.New("no migrations are embedded"), err)
	}
	all := []int64{riverStep}
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		all = append(all, version)
	}
	return all, nil
}
