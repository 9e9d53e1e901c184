package bench_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/private"
)

// Where the database stays between runs, and what it follows from: when any of
// these files is another one, it is made anew.
const (
	root   = "../.."
	folder = root + "/.cache/bench"
	made   = folder + "/made-from"
)

var madeFrom = []string{"migrations/*.sql", "internal/demo/*.go", "internal/interest/copy*.go", "internal/mail/copy.go", "internal/postgres/bulk.go"}

// newMillion is a server of its own that holds the invented expressions, as the
// portal reaches it and as its owner does.
func newMillion(b *testing.B) (pool, owner *pgxpool.Pool) {
	b.Helper()
	fresh := fingerprint(b)
	if kept, err := os.ReadFile(made); err != nil || string(kept) != fresh {
		if err := os.RemoveAll(folder); err != nil {
			b.Fatalf("removing the last database: %v", err)
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	server, err := private.Start(context.Background(), private.Options{DataDir: folder, Log: slog.Default(), Exclusive: true})
	if err != nil {
		b.Fatalf("starting Postgres: %v", err)
	}
	b.Cleanup(func() { _ = server.Stop(context.Background()) })
	if err := postgres.Migrate(b.Context(), server.OwnerURL(), "portal"); err != nil {
		b.Fatalf("migrating: %v", err)
	}
	owner = open(b, server.OwnerURL(), postgres.Options{MaxConns: 4})
	if _, err := os.Stat(made); errors.Is(err, fs.ErrNotExist) {
		fill(b, owner)
		if err := os.WriteFile(made, []byte(fresh), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	// As many connections as cmd/portal has for requests. Importing content takes longer than one of these may.
	pool = open(b, server.ServingURL(), postgres.Options{MaxConns: 16, StatementTimeout: 5 * time.Minute})
	return pool, owner
}

func open(b *testing.B, url string, o postgres.Options) *pgxpool.Pool {
	b.Helper()
	pool, err := postgres.Open(context.Background(), url, o)
	if err != nil {
		b.Fatalf("opening the database: %v", err)
	}
	b.Cleanup(pool.Close)
	return pool
}

func fill(b *testing.B, owner *pgxpool.Pool) {
	b.Helper()
	if _, err := content.ImportIfEmpty(b.Context(), owner, pack.Files); err != nil {
		b.Fatalf("importing the default content: %v", err)
	}
	began := time.Now()
	report, err := demo.Fill(b.Context(), owner, demo.Options{Expressions: *expressions, Seed: 1, Now: began})
	if err != nil {
		b.Fatalf("inventing expressions: %v", err)
	}
	fmt.Printf("%d expressions invented in %s, %d of them open\n", report.Expressions, time.Since(began).Round(time.Second), report.Open)
	_, err = (&interest.Store{DB: owner, Outbox: mail.NewOutbox(), Now: time.Now}).LearnNames(b.Context())
	if err != nil {
		b.Fatalf("learning names: %v", err)
	}
}

// fingerprint tells what the database is made from, and on which day: invented
// cases grow old.
func fingerprint(b *testing.B) string {
	b.Helper()
	sum := sha256.New()
	fmt.Fprintln(sum, *expressions, time.Now().Format("2006-01"))
	for _, pattern := range madeFrom {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(names) == 0 {
			b.Fatalf("no file is called %s: %v", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			fmt.Fprintf(sum, "%s %d\n", name, len(text))
			_, _ = sum.Write(text)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}
