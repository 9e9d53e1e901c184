package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

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

func TestInTxUndoesWhatPanicked(t *testing.T) {
	t.Parallel()
	ctx, tx := t.Context(), postgrestest.Tx(t)
	if _, err := tx.Exec(ctx, `create temporary table kept (n int)`); err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic did not go on")
			}
		}()
		_ = postgres.InTx(ctx, tx, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `insert into kept values (1)`); err != nil {
				t.Error(err)
			}
			panic("boom")
		})
	}()
	var kept int
	if err := tx.QueryRow(ctx, `select count(*) from kept`).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("kept %d rows, %v, want none", kept, err)
	}
}

func TestIsUnavailableWhenEveryConnectionIsTaken(t *testing.T) {
	t.Parallel()
	config := postgrestest.NewDatabase(t).Config()
	config.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	taken, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Release()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := pool.Exec(ctx, `select 1`); !postgres.IsUnavailable(err) {
		t.Errorf("IsUnavailable(%v) = false, want true", err)
	}
	if postgres.IsUnavailable(nil) || postgres.IsUnavailable(errors.New("boom")) {
		t.Error("IsUnavailable(nil or another error) = true, want false")
	}
}
