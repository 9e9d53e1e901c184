package mail_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres/postgrestest"
)

const subject = "0b0e7a34-4a3c-4f57-8a36-7d3f6f1a9f9e"

func jobs(t *testing.T, tx pgx.Tx) int {
	t.Helper()
	var n int
	if err := tx.QueryRow(context.Background(), `select count(*) from river_job where kind = 'mail'`).Scan(&n); err != nil {
		t.Fatalf("counting jobs: %v", err)
	}
	return n
}

func TestEnqueueOwesSomeMailsOnceAndOthersEachTime(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	outbox, store := mail.NewOutbox(), &mail.Store{DB: tx}
	for _, kind := range []mail.Kind{mail.ExpressionReceived, mail.ExpressionReceived, mail.StaffReset, mail.StaffReset} {
		if err := outbox.Enqueue(ctx, tx, kind, subject); err != nil {
			t.Fatalf("Enqueue(%s) = %v", kind, err)
		}
	}
	rows, err := store.About(ctx, subject)
	if err != nil || len(rows) != 3 {
		t.Fatalf("About() = %d mails, %v, want 3: one received, two resets", len(rows), err)
	}
	if n := jobs(t, tx); n != 3 {
		t.Errorf("%d jobs, want 3", n)
	}
	for _, row := range rows {
		if row.State != mail.Waiting || row.SentAt != nil {
			t.Errorf("new mail is %s, sent at %v, want waiting", row.State, row.SentAt)
		}
	}
}

func TestAMailsJobIsTheOneThatRiverWouldInsert(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	if err := mail.NewOutbox().Enqueue(ctx, tx, mail.StaffInvite, subject); err != nil {
		t.Fatalf("Enqueue() = %v", err)
	}
	rows, err := (&mail.Store{DB: tx}).About(ctx, subject)
	if err != nil || len(rows) != 1 {
		t.Fatalf("About() = %d mails, %v, want 1", len(rows), err)
	}
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{})
	if err != nil {
		t.Fatalf("NewClient() = %v", err)
	}
	if _, err := client.InsertTx(ctx, tx, mail.Job{MailID: rows[0].ID}, nil); err != nil {
		t.Fatalf("InsertTx() = %v", err)
	}
	var all, different int
	// The times differ by clock: the transaction's here, the program's there.
	err = tx.QueryRow(ctx, `
		select count(*), count(distinct to_jsonb(j) - array['id', 'created_at', 'scheduled_at'])
		from river_job j where created_at <= clock_timestamp() and scheduled_at <= clock_timestamp()`).Scan(&all, &different)
	if err != nil || all != 2 || different != 1 {
		t.Errorf("%d jobs of %d kinds, %v, want 2 that are alike", all, different, err)
	}
}

func TestMailIsMarked(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := &mail.Store{DB: tx}
	if err := mail.NewOutbox().Enqueue(ctx, tx, mail.StaffInvite, subject); err != nil {
		t.Fatalf("Enqueue() = %v", err)
	}
	rows, _ := store.About(ctx, subject)
	id := rows[0].ID
	check := func(state, failure string, attempts int) {
		t.Helper()
		got, err := store.ByID(ctx, id)
		if err != nil || got.State != state || got.Failure != failure || got.Attempts != attempts {
			t.Errorf("ByID() = %s %q after %d attempts, %v, want %s %q after %d", got.State, got.Failure, got.Attempts, err, state, failure, attempts)
		}
	}
	failure := (&mail.SendError{Code: 451, During: "data"}).Error()
	if err := store.MarkFailed(ctx, id, failure, time.Now()); err != nil {
		t.Fatalf("MarkFailed() = %v", err)
	}
	check(mail.Waiting, failure, 1)
	if err := store.MarkSent(ctx, id, time.Now()); err != nil {
		t.Fatalf("MarkSent() = %v", err)
	}
	check(mail.Sent, "", 2)
	if err := mail.NewOutbox().Enqueue(ctx, tx, mail.StaffInvite, subject); err != nil {
		t.Fatalf("Enqueue() = %v", err)
	}
	if rows, _ = store.About(ctx, subject); rows[0].ID == id {
		id = rows[1].ID
	} else {
		id = rows[0].ID
	}
	if err := store.MarkRefused(ctx, id, "smtp 550 permanent during recipient", time.Now()); err != nil {
		t.Fatalf("MarkRefused() = %v", err)
	}
	check(mail.Refused, "smtp 550 permanent during recipient", 1)
	if _, err := store.ByID(ctx, subject); !errors.Is(err, fault.NotFound) {
		t.Errorf("ByID(unknown) = %v, want NotFound", err)
	}
}

func TestFolderKeepsMails(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	folder := &mail.Folder{Dir: filepath.Join(t.TempDir(), "mail"), Now: func() time.Time { return now }}
	if list, err := folder.List(); err != nil || len(list) != 0 {
		t.Errorf("List(no folder yet) = %v, %v, want none", list, err)
	}
	first, second := newMessage(), newMessage()
	second.ID = subject
	for _, m := range []mail.Message{first, second} {
		if err := folder.Send(context.Background(), m); err != nil {
			t.Fatalf("Send() = %v", err)
		}
		now = now.Add(time.Minute)
	}
	list, err := folder.List()
	if err != nil || len(list) != 2 || list[0].Message != second || list[1].Message != first {
		t.Errorf("List() = %+v, %v, want the second and the first", list, err)
	}
	if kept, err := folder.Read(first.ID); err != nil || kept.Message != first {
		t.Errorf("Read() = %+v, %v, want %+v", kept, err, first)
	}
	for _, id := range []string{"", "../../etc/passwd", "6f1a9f9e-0000-4d55-9f0e-3f2f6f1a9f9e"} {
		if _, err := folder.Read(id); !errors.Is(err, fault.NotFound) {
			t.Errorf("Read(%q) = %v, want NotFound", id, err)
		}
	}
}
