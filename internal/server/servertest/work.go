package servertest

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"testing"
	"time"

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
	"ahpfaculty/internal/purge"
	"ahpfaculty/internal/report"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/applyview"
	"ahpfaculty/web/mailview"
)

// Work runs the portal's jobs until the test ends, and gives the SMTP server
// that they hand mail to.
func (p *Portal) Work(t testing.TB, log *slog.Logger) *mailtest.Server {
	t.Helper()
	received := mailtest.New(t, mailtest.StartTLS)
	sender, err := mail.NewSMTP("smtp://"+net.JoinHostPort(received.Host, received.Port), received.Roots)
	if err != nil {
		t.Fatalf("NewSMTP() = %v", err)
	}
	outbox, now := mail.NewOutbox(), time.Now
	cases := &interest.Store{DB: p.Pool, Outbox: outbox, Now: now, Random: rand.Reader}
	client, err := job.New(p.Pool, job.Deps{
		Log: log, Now: now, Sender: sender, From: "portal@example.org",
		Purge:       &purge.Store{DB: p.Pool, Now: now},
		Mails:       &mail.Store{DB: p.Pool},
		Interest:    cases,
		Exporter:    &interest.Exporter{Store: cases, Reads: p.Pool},
		ExportDir:   t.TempDir(),
		Bulk:        &bulk.Store{DB: p.Pool, Outbox: outbox, Now: now, Random: rand.Reader},
		Intake:      &intake.Store{DB: p.Pool, Now: now, Random: rand.Reader},
		Enquiries:   &enquiry.Store{DB: p.Pool, Outbox: outbox, Now: now, Random: rand.Reader},
		Offers:      &offer.Store{DB: p.Pool, Outbox: outbox, Now: now, Random: rand.Reader},
		Staff:       p.Staff,
		Faculty:     &faculty.Store{DB: p.Pool},
		Reports:     &report.Store{DB: p.Pool, Now: now},
		StaffLink:   func(token string) string { return BaseURL + adminview.LinkURL(token) },
		DraftLink:   func(token string) string { return BaseURL + applyview.ResumeURL(token) },
		TrackLink:   func(token string) string { return BaseURL + applyview.TrackURL(token) },
		AnswerLink:  func(token string) string { return BaseURL + applyview.ReplyURL(token) },
		ConfirmLink: func(token string) string { return BaseURL + applyview.ConfirmURL(token) },
		Notices:     &notice.Store{DB: p.Pool, Outbox: outbox, Now: now},
		NoticeLinks: mailview.Notices{
			Case:    func(reference string) string { return BaseURL + adminview.ExpressionURL(reference) },
			Queue:   BaseURL + adminview.ExpressionsURL(),
			Choices: BaseURL + adminview.NoticesURL(),
		},
	})
	if err != nil {
		t.Fatalf("making the jobs: %v", err)
	}
	if err := client.Start(context.Background()); err != nil {
		t.Fatalf("starting the jobs: %v", err)
	}
	t.Cleanup(func() {
		if err := client.Stop(context.Background()); err != nil {
			t.Errorf("stopping the jobs: %v", err)
		}
	})
	return received
}

// WaitForMail waits until nothing is owed any more, and fails the test when it
// still is after 20 seconds.
func (p *Portal) WaitForMail(t testing.TB) {
	t.Helper()
	const owed = `select count(*) from mail where state = 'waiting'`
	for range 400 {
		if p.Count(t, owed) == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%d mails are still owed", p.Count(t, owed))
}
