package postgres_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestInTxKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	ctx, tx := t.Context(), postgrestest.Tx(t)
	if _, err := tx.Exec(ctx, `create temporary table kept (n int)`); err != nil {
		t.Fatal(err)
	}
	insert := func(n int, err error) error {
		return postgres.InTx(ctx, tx, func(tx pgx.Tx) error {
			if _, insertErr := tx.Exec(ctx, `insert into kept values ($1)`, n); insertErr != nil {
				return insertErr
			}
			return err
		})
	}
	boom := errors.New("boom")
	if err := insert(1, nil); err != nil {
		t.Fatal(err)
	}
	if err := insert(2, boom); !errors.Is(err, boom) {
		t.Fatalf("InTx(fails) = %v, want the function's error", err)
	}
	var sum int
	if err := tx.QueryRow(ctx, `select sum(n) from kept`).Scan(&sum); err != nil || sum != 1 {
		t.Errorf("sum = %d, %v, want 1: the savepoint was to be undone alone", sum, err)
	}
}

func TestOpenSaysWhatToDoAndHidesThePassword(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://u:hunter2@127.0.0.1:1/d", "postgres://u:hunter2@no-such-host.invalid/d", "postgres://u:hunter2@h:x/d"} {
		_, err := postgres.Open(t.Context(), url, postgres.Options{})
		if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open(%s) = %v, want an error that names the setting and no password", url, err)
		}
	}
}

func TestMigrateTwiceAtOnceChangesNothing(t *testing.T) {
	t.Parallel()
	server, pool := postgrestest.NewServer(t)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			if err := postgres.Migrate(context.Background(), server.OwnerURL(), "portal"); err != nil {
				t.Errorf("Migrate again = %v", err)
			}
		})
	}
	wait.Wait()
	pending, err := postgres.Pending(t.Context(), pool)
	if err != nil || pending {
		t.Errorf("Pending = %v, %v, want none", pending, err)
	}
}

func TestTheServingRoleOwnsNothingAndOnlyAddsToTheAudit(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	if err := postgres.RefuseOwner(t.Context(), pool); err != nil {
		t.Errorf("RefuseOwner(serving role) = %v", err)
	}
	if err := postgres.RefuseOwner(t.Context(), postgrestest.Owner(t, pool)); err == nil {
		t.Error("RefuseOwner(owner) = nil, want an error")
	}
	for _, refused := range []string{`update audit_event set action = 'x'`, `delete from audit_event`, `truncate audit_event`,
		`drop table audit_event`, `delete from goose_db_version`, `create table mine (n int)`} {
		if _, err := pool.Exec(t.Context(), refused); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s = %v, want permission denied", refused, err)
		}
	}
	if _, err := pool.Exec(t.Context(), `insert into audit_event (actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id) values ('system','','test.run','','','done','')`); err != nil {
		t.Errorf("adding to the audit: %v", err)
	}
}

func TestIsUnavailableAfterTheServerIsKilled(t *testing.T) {
	t.Parallel()
	server, pool := postgrestest.NewServer(t)
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = tx.Exec(t.Context(), `select 1`); !postgres.IsUnavailable(err) {
		t.Errorf("IsUnavailable(%v) = false, want true", err)
	}
	_ = tx.Rollback(t.Context())
	deadline := time.Now().Add(10 * time.Second)
	for {
		var n int
		if err = pool.QueryRow(t.Context(), `select count(*) from goose_db_version`).Scan(&n); err == nil {
			break
		}
		if !postgres.IsUnavailable(err) || time.Now().After(deadline) {
			t.Fatalf("after the restart: %v", err)
		}
	}
}
