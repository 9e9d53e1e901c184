package job_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

// mustMap uploads a file and says what its columns are.
func mustMap(t *testing.T, store *intake.Store, rows string) intake.Intake {
	t.Helper()
	i, err := store.Upload(t.Context(), interest.By{}, "canary.csv", []byte("Name,Email address,Profession,Received\n"+rows))
	if err != nil {
		t.Fatalf("Upload() = %v", err)
	}
	if err := store.Map(t.Context(), interest.By{}, i.ID, i.Mapping); err != nil {
		t.Fatalf("Map() = %v", err)
	}
	return i
}

func TestJobsCheckAFileAndImportIt(t *testing.T) {
	t.Parallel()
	p := start(t)
	store := &intake.Store{DB: p.pool, Now: time.Now, Random: rand.Reader}
	i := mustMap(t, store, "Ada Canary,canary@example.org,Dietitian,1/3/2026\nFlo,,Paramedic,1/3/2026\n")
	p.wait(t, `select count(*) = 1 from intake where state = 'checked' and right_rows = 1 and wrong_rows = 1`)
	if err := store.Import(t.Context(), interest.By{}, i.ID, 1); err != nil {
		t.Fatalf("Import() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from intake where state = 'imported' and file is null`)
	p.wait(t, `select count(*) = 1 from expression where import_row = 2`)
	p.checkNoCanary(t)
}

// TestAJobWaitsForTheProgramThatImports holds the lock of a run as the command
// line's does, and has the job come in between at its last attempt.
func TestAJobWaitsForTheProgramThatImports(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store := &intake.Store{DB: pool, Now: time.Now, Random: rand.Reader}
	i := mustMap(t, store, "Ada Canary,canary@example.org,Dietitian,1/3/2026\n")
	if err := store.Check(t.Context(), i.ID); err != nil {
		t.Fatalf("Check() = %v", err)
	}
	if err := store.Import(t.Context(), interest.By{}, i.ID, 1); err != nil {
		t.Fatalf("Import() = %v", err)
	}
	if _, err := pool.Exec(t.Context(), `update river_job set max_attempts = 1 where kind = 'intake-import'`); err != nil {
		t.Fatal(err)
	}
	var p portal
	err := postgres.InTx(t.Context(), pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `select pg_advisory_xact_lock(hashtextextended('import ' || encode(sha256, 'hex'), 0)) from intake`); err != nil {
			return err
		}
		p = startOn(t, pool, 30*time.Second)
		p.wait(t, `select count(*) = 1 from river_job where kind = 'intake-import' and metadata ->> 'snoozes' is not null`)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `update river_job set scheduled_at = now() where kind = 'intake-import'`); err != nil {
		t.Fatal(err)
	}
	p.wait(t, `select count(*) = 1 from intake where state = 'imported'`)
	p.checkNoCanary(t)
}

// TestACheckThatFailsAgainAndAgainSaysSo takes a table away that every check
// needs.
func TestACheckThatFailsAgainAndAgainSaysSo(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	store := &intake.Store{DB: pool, Now: time.Now, Random: rand.Reader}
	mustMap(t, store, "Ada Canary,canary@example.org,Dietitian,1/3/2026\n")
	if _, err := postgrestest.Owner(t, pool).Exec(t.Context(), `alter table erased_reference rename to lost`); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `update river_job set max_attempts = 1 where kind = 'intake-check'`); err != nil {
		t.Fatal(err)
	}
	p := startOn(t, pool, 30*time.Second)
	p.wait(t, `select count(*) = 1 from intake where state = 'failed' and trouble <> ''`)
	p.checkNoCanary(t)
}
