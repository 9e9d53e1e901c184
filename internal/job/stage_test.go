package job_test

import (
	"context"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
)

func TestAReturnerIsToldOfAMoveOnceAndNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	move := interest.Move{Reference: sent.Reference, Version: 1, To: interest.Declined, Reason: "no-capacity", Tell: true, Nonce: "a"}
	if err := p.interest.Move(ctx, interest.By{StaffID: "reviewer"}, move); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'stage-changed' and state = 'sent'`)
	got := p.server.Received()
	if len(got) != 2 || got[1].To[0] != "canary@example.com" || !strings.Contains(got[1].Header(t, "Subject"), sent.Reference) ||
		!strings.Contains(strings.ReplaceAll(got[1].Raw, "=\r\n", ""), "cannot offer you a placement") {
		t.Errorf("received = %+v, want the confirmation and a mail that says why and what else", got)
	}
	p.checkNoCanary(t)
}

func TestAReturnerIsToldInTheWordsThatStaffWrote(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	words := interest.Words{Says: "We talked about canary.", Next: "Ring canary in May"}
	move := interest.Move{Reference: sent.Reference, Version: 1, To: interest.Declined, Reason: "no-capacity", Tell: true, Words: &words, Nonce: "a"}
	if err := p.interest.Move(ctx, interest.By{StaffID: "reviewer"}, move); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'stage-changed' and state = 'sent'`)
	got := p.server.Received()
	if raw := strings.ReplaceAll(got[len(got)-1].Raw, "=\r\n", ""); !strings.Contains(raw, words.Says) || !strings.Contains(raw, "* "+words.Next) ||
		strings.Contains(raw, "cannot offer you a placement") {
		t.Errorf("received %s, want the words that staff wrote in place of the standard ones", raw)
	}
	p.checkNoCanary(t)
}

func TestARefusedMailMarksTheCaseUntilTheAddressIsCorrected(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	p.server.Refuse(550)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Refused, 1)
	c, err := p.interest.ByReference(ctx, sent.Reference)
	if err != nil || c.MailTrouble != interest.MailRefused || c.Version != 1 {
		t.Fatalf("ByReference() = %q, version %d, %v, want refused, and the version as it was", c.MailTrouble, c.Version, err)
	}
	news := interest.AddressNews{Reference: c.Reference, Version: 1, Kind: interest.EventReaddressed, Email: "canary2@example.com", Nonce: "a"}
	if err := p.interest.HearOfAddress(ctx, interest.By{StaffID: "reviewer"}, news); err != nil {
		t.Fatalf("HearOfAddress() = %v", err)
	}
	p.mail(t, sent.ID, mail.Sent, 2)
	if got := p.server.Received(); len(got) != 1 || got[0].To[0] != "canary2@example.com" {
		t.Errorf("received = %+v, want the confirmation at the new address", got)
	}
	p.checkNoCanary(t)
}

func TestAMailThatIsGivenUpMarksTheCase(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	p.server.Refuse(451, 451)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Waiting, 1)
	p.wait(t, `select count(*) = 1 from river_job where kind = 'mail' and state = 'retryable'`)
	if _, err := p.pool.Exec(ctx, `update river_job set max_attempts = 2 where kind = 'mail'`); err != nil {
		t.Fatalf("making the next attempt the last: %v", err)
	}
	p.hurry(t)
	p.mail(t, sent.ID, mail.Refused, 2)
	if c, err := p.interest.ByReference(ctx, sent.Reference); err != nil || c.MailTrouble != interest.MailRefused {
		t.Errorf("ByReference() = %q, %v, want refused", c.MailTrouble, err)
	}
	p.job(t, "discarded")
}
