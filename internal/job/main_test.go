package job_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/job"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/mail/mailtest"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/report"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
	"ahpfaculty/web/mailview"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// portal is what the jobs of one test work with, running.
type portal struct {
	pool     *pgxpool.Pool
	client   *river.Client[pgx.Tx]
	interest *interest.Store
	enquiry  *enquiry.Store
	staff    *staff.Store
	mails    *mail.Store
	server   *mailtest.Server
	log      *safeBuffer
}

// safeBuffer is a log that a test reads while jobs write it.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs the jobs on a database of its own, against a real SMTP server.
func start(t *testing.T) portal {
	t.Helper()
	return startOn(t, postgrestest.NewDatabase(t), 30*time.Second)
}

// startOn is start on a given database, with a limit for a conversation with
// the SMTP server.
func startOn(t *testing.T, pool *pgxpool.Pool, limit time.Duration) portal {
	t.Helper()
	ctx := context.Background()
	updatingtest.Fill(t, pool)
	outbox := mail.NewOutbox()
	p := portal{
		pool:     pool,
		interest: &interest.Store{DB: pool, Outbox: outbox, Now: time.Now, Random: rand.Reader},
		enquiry:  &enquiry.Store{DB: pool, Outbox: outbox, Now: time.Now, Random: rand.Reader},
		staff:    &staff.Store{DB: pool, Outbox: outbox, Now: time.Now},
		mails:    &mail.Store{DB: pool},
		server:   mailtest.New(t, mailtest.StartTLS),
		log:      &safeBuffer{},
	}
	members := &faculty.Store{DB: pool}
	if err := members.Replace(ctx, faculty.Details{Name: "Example AHP Faculty", ContactEmail: "ask@example.org"}, nil, nil); err != nil {
		t.Fatalf("setting the faculty's details: %v", err)
	}
	sender, err := mail.NewSMTP("smtp://"+net.JoinHostPort(p.server.Host, p.server.Port), p.server.Roots)
	if err != nil {
		t.Fatalf("NewSMTP() = %v", err)
	}
	client, err := job.New(pool, job.Deps{
		Log: slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: time.Now,
		Mails: p.mails, Sender: sender.Within(limit), From: "portal@example.org",
		Purge: &purge.Store{DB: pool, Now: time.Now}, Interest: p.interest,
		Bulk: &bulk.Store{DB: pool, Outbox: mail.NewOutbox(), Now: time.Now, Random: rand.Reader}, Intake: &intake.Store{DB: pool, Now: time.Now, Random: rand.Reader}, Enquiries: p.enquiry, Offers: &offer.Store{DB: pool, Now: time.Now}, Staff: p.staff, Faculty: members, Reports: &report.Store{DB: pool, Now: time.Now},
		StaffLink:   func(token string) string { return "https://portal.example.org/admin/link/" + token },
		DraftLink:   func(token string) string { return "https://portal.example.org/apply/resume/" + token },
		TrackLink:   func(token string) string { return "https://portal.example.org/track/" + token },
		AnswerLink:  func(token string) string { return "https://portal.example.org/track/" + token + "/answer" },
		ConfirmLink: func(token string) string { return "https://portal.example.org/track/confirm/" + token },
		Notices:     &notice.Store{DB: pool, Outbox: outbox, Now: time.Now},
		NoticeLinks: mailview.Notices{
			Case:  func(reference string) string { return "https://portal.example.org/admin/expressions/" + reference },
			Queue: "https://portal.example.org/admin/expressions", Choices: "https://portal.example.org/admin/account/notifications",
		},
	})
	if err != nil {
		t.Fatalf("New() = %v", err)
	}
	if err := client.Start(ctx); err != nil {
		t.Fatalf("Start() = %v", err)
	}
	p.client = client
	t.Cleanup(func() {
		if err := client.Stop(context.Background()); err != nil {
			t.Errorf("Stop() = %v", err)
		}
	})
	return p
}

// send sends a form and gives the expression.
func (p portal) send(t *testing.T) interest.Case {
	t.Helper()
	ctx, draft := context.Background(), p.draft(t)
	receipt, err := p.interest.Send(ctx, draft.ID, draft.Revision, "")
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	c, err := p.interest.ByReference(ctx, receipt.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	return c
}

// draft is a form that is filled in.
func (p portal) draft(t *testing.T) interest.Draft {
	t.Helper()
	ctx := context.Background()
	draft, err := p.interest.NewDraft(ctx)
	if err != nil {
		t.Fatalf("NewDraft() = %v", err)
	}
	for _, answer := range []interest.Answer{
		interest.Profession{Slug: "dietitians"}, interest.Standing{Standing: updating.Left},
		interest.Abroad{Answer: interest.No},
		interest.LastPractised{DayInput: interest.DayInput{Month: "1", Year: "2015"}},
		interest.Name{Full: "Canary Name"}, interest.RegisteredName{Other: interest.No},
		interest.Email{Address: "canary@example.com"}, interest.Phone{}, interest.Postcode{Area: "LN1"},
		interest.RegisterNumber{Unknown: true}, interest.Programme{Registered: interest.No},
		interest.Experience{Role: "Canary role", Setting: "hospital", Years: "3"},
		interest.Organisations{Any: true}, interest.Settings{Slugs: []string{"hospital"}},
		interest.Hours{Slug: "either"}, interest.Start{Choice: interest.StartSoon},
		interest.Help{Slugs: []string{"placement"}}, interest.Privacy{Version: "1", Read: true},
	} {
		if draft, err = p.interest.SaveAnswer(ctx, draft.ID, 0, answer); err != nil {
			t.Fatalf("SaveAnswer(%s) = %v", answer.Step(), err)
		}
	}
	return draft
}

// mail waits until the mail about a subject has the state and the number of
// attempts.
func (p portal) mail(t *testing.T, subjectID, state string, attempts int) mail.Row {
	t.Helper()
	var last mail.Row
	for range 200 {
		rows, err := p.mails.About(context.Background(), subjectID)
		if err != nil {
			t.Fatalf("About() = %v", err)
		}
		if len(rows) == 1 {
			last = rows[0]
			if last.State == state && last.Attempts == attempts {
				return last
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("mail is %s after %d attempts (%s), want %s after %d", last.State, last.Attempts, last.Failure, state, attempts)
	return last
}
