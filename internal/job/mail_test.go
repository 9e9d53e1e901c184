package job_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/staff"
)

func TestConfirmationIsSentOnce(t *testing.T) {
	t.Parallel()
	p := start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	got := p.server.Received()
	if len(got) != 1 || got[0].To[0] != "canary@example.com" {
		t.Fatalf("received = %+v, want one mail to canary@example.com", got)
	}
	if subject := got[0].Header(t, "Subject"); !strings.Contains(subject, sent.Reference) {
		t.Errorf("subject = %q, want it to hold %s", subject, sent.Reference)
	}
}

func TestAnEnquiryIsAcknowledgedUnlessItIsSetAside(t *testing.T) {
	t.Parallel()
	p := start(t)
	acknowledged := p.ask(t, "one")
	p.mail(t, acknowledged.ID, mail.Sent, 1)
	p.server.Refuse(451)
	waiting := p.ask(t, "three")
	p.mail(t, waiting.ID, mail.Waiting, 1)
	err := p.enquiry.Change(t.Context(), enquiry.By{StaffID: "reviewer"}, enquiry.Change{
		Reference: waiting.Reference, Version: waiting.Version, To: enquiry.SetAside, Nonce: "aside",
	})
	if err != nil {
		t.Fatalf("Change() = %v", err)
	}
	p.hurry(t)
	p.mail(t, waiting.ID, mail.Refused, 2)
	got := p.server.Received()
	if len(got) != 1 || got[0].To[0] != "canary@example.com" || !strings.Contains(got[0].Header(t, "Subject"), acknowledged.Reference) {
		t.Errorf("received = %+v, want one mail to canary@example.com that says the reference", got)
	}
	p.checkNoCanary(t)
}

// ask sends an enquiry.
func (p portal) ask(t *testing.T, nonce string) enquiry.Enquiry {
	t.Helper()
	token, err := p.enquiry.Send(t.Context(), enquiry.Delivery{
		Message: enquiry.Message{Kind: enquiry.Contact, Text: "Canary words, no thanks", Name: "Canary Name", AnswerBy: enquiry.ByEmail, Email: "canary@example.com"},
		Nonce:   nonce, Took: time.Minute,
	})
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	receipt, err := p.enquiry.ByToken(t.Context(), token)
	if err != nil {
		t.Fatalf("ByToken() = %v", err)
	}
	c, err := p.enquiry.ByReference(t.Context(), receipt.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	return c.Enquiry
}

func TestMailIsTriedAgainWithTheSameMessageID(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.server.Refuse(451)
	sent := p.send(t)
	waiting := p.mail(t, sent.ID, mail.Waiting, 1)
	if waiting.Failure != "sending the mail: smtp 451 transient during recipient" {
		t.Errorf("failure = %q, want the code and the class", waiting.Failure)
	}
	p.hurry(t)
	p.mail(t, sent.ID, mail.Sent, 2)
	got := p.server.Received()
	if len(got) != 1 || got[0].Header(t, "Message-Id") != "<"+waiting.ID+"@example.org>" {
		t.Errorf("received %d mails, want one whose Message-ID is made of the mail's id", len(got))
	}
	p.checkNoCanary(t)
}

// hurry lets the jobs that wait for their next try run now.
func (p portal) hurry(t *testing.T) {
	t.Helper()
	for range 100 {
		tag, err := p.pool.Exec(context.Background(), `
			update river_job set state = 'available', scheduled_at = now() where state in ('retryable', 'scheduled')`)
		if err != nil {
			t.Fatalf("hurrying the jobs: %v", err)
		}
		if tag.RowsAffected() > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no job waits for its next try")
}

func TestRefusedMailIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.server.Refuse(550)
	sent := p.send(t)
	refused := p.mail(t, sent.ID, mail.Refused, 1)
	if refused.Failure != "sending the mail: smtp 550 permanent during recipient" {
		t.Errorf("failure = %q, want the code and the class", refused.Failure)
	}
	p.job(t, "cancelled")
	p.checkNoCanary(t)
}

// job waits until the mail's job has the state.
func (p portal) job(t *testing.T, state string) {
	t.Helper()
	var last string
	for range 100 {
		err := p.pool.QueryRow(context.Background(), `select state from river_job where kind = 'mail'`).Scan(&last)
		if err != nil {
			t.Fatalf("reading the job: %v", err)
		}
		if last == state {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("job is %s, want %s", last, state)
}

// checkNoCanary fails when anything personal stands in the jobs, the mail rows
// or the log.
func (p portal) checkNoCanary(t *testing.T) {
	t.Helper()
	var kept string
	err := p.pool.QueryRow(context.Background(), `
		select coalesce((select string_agg(j::text, ' ') from river_job j), '') ||
			coalesce((select string_agg(m::text, ' ') from mail m), '') ||
			coalesce((select string_agg(a::text, ' ') from audit_event a), '')`).Scan(&kept)
	if err != nil {
		t.Fatalf("reading jobs, mails and audit: %v", err)
	}
	for where, text := range map[string]string{"the database": kept, "the log": p.log.String()} {
		for _, canary := range []string{"canary", "Canary", "no thanks"} {
			if strings.Contains(text, canary) {
				t.Errorf("%s holds %q: %s", where, canary, text)
			}
		}
	}
}

func TestMailAboutAnErasedCaseIsNotSent(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.server.Refuse(451)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Waiting, 1)
	erasure := interest.Erasure{Reference: sent.Reference, Version: sent.Version, Typed: sent.Reference}
	if err := p.interest.Erase(context.Background(), interest.By{}, erasure); err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	p.hurry(t)
	p.job(t, "cancelled")
	p.wait(t, `select count(*) = 0 from mail`)
}

func TestMailAboutNothingIsGivenUp(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.server.Refuse(451)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Waiting, 1)
	if _, err := postgrestest.Owner(t, p.pool).Exec(context.Background(), `delete from expression where id = $1`, sent.ID); err != nil {
		t.Fatalf("deleting the expression: %v", err)
	}
	p.hurry(t)
	p.mail(t, sent.ID, mail.Refused, 2)
	p.job(t, "cancelled")
}

func TestStaffMailCarriesALinkThatWorks(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	account, err := p.staff.Add(ctx, staff.By{}, staff.NewAccount{Email: "sam@example.org", Name: "Sam Sample", Role: staff.Lead})
	if err != nil {
		t.Fatalf("Add() = %v", err)
	}
	tx, err := p.pool.Begin(ctx)
	if err != nil {
		t.Fatalf("Begin() = %v", err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, `delete from mail`); err != nil { // adding may owe an invitation already
		t.Fatalf("forgetting mails: %v", err)
	}
	if err := mail.NewOutbox().Enqueue(ctx, tx, mail.StaffInvite, account.ID); err != nil {
		t.Fatalf("Enqueue() = %v", err)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatalf("Commit() = %v", err)
	}
	p.mail(t, account.ID, mail.Sent, 1)
	got := p.server.Received()
	message := strings.ReplaceAll(got[len(got)-1].Raw, "=\r\n", "")
	_, rest, found := strings.Cut(message, "https://portal.example.org/admin/link/")
	token, _, _ := strings.Cut(rest, "\r\n")
	if !found {
		t.Fatalf("the mail carries no link:\n%s", message)
	}
	link, err := p.staff.Link(ctx, token)
	if err != nil || link.Account.ID != account.ID || link.Purpose != staff.Invite {
		t.Errorf("Link(%q) = %+v, %v, want the account's invitation", token, link, err)
	}
	if strings.Contains(p.log.String(), token) {
		t.Error("the log holds the link's token")
	}
}
