package job_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
)

// linkIn is the token of the link that a mail carries below an address.
func linkIn(t *testing.T, raw, below string) string {
	t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(below) + `([A-Z0-9]+)`).FindStringSubmatch(strings.ReplaceAll(raw, "=\r\n", ""))
	if found == nil {
		t.Fatalf("the mail has no link below %s: %s", below, raw)
	}
	return found[1]
}

func TestAReturnerIsAskedByMailUnlessTheQuestionWasTakenBack(t *testing.T) {
	t.Parallel()
	ctx, p := t.Context(), start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	staff := interest.By{StaffID: "reviewer"}
	p.server.Refuse(451)
	if err := p.interest.Ask(ctx, staff, interest.Asking{Reference: sent.Reference, Version: 1, Message: "Canary question?", Nonce: "a"}); err != nil {
		t.Fatalf("Ask() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from river_job where kind = 'mail' and state = 'retryable'`)
	if err := p.interest.TakeBack(ctx, staff, interest.Turning{Reference: sent.Reference, Version: 2, Nonce: "b"}); err != nil {
		t.Fatalf("TakeBack() = %v", err)
	}
	p.hurry(t)
	p.wait(t, `select count(*) = 1 from mail where kind = 'information-asked' and state = 'refused'`)
	if err := p.interest.Ask(ctx, staff, interest.Asking{Reference: sent.Reference, Version: 3, Message: "Canary question, once more?", Nonce: "c"}); err != nil {
		t.Fatalf("Ask(again) = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'information-asked' and state = 'sent'`)
	got := p.server.Received()
	if len(got) != 2 || !strings.Contains(got[1].Raw, "once more?") {
		t.Fatalf("received = %+v, want the confirmation and the question that stands", got)
	}
	c, err := p.interest.Tracked(ctx, linkIn(t, got[1].Raw, "/track/"))
	if err != nil || c.Reference != sent.Reference || c.MailTrouble != "" {
		t.Errorf("the link leads to %s, %v, trouble %q, want the case without trouble", c.Reference, err, c.MailTrouble)
	}
	p.checkNoCanary(t)
}

func TestANewAddressIsAskedAndTheOldOneTold(t *testing.T) {
	t.Parallel()
	ctx, p := t.Context(), start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	from := netip.MustParseAddr("192.0.2.7")
	if err := p.interest.WantEmail(ctx, interest.By{Returner: true}, sent.Reference, "canary2@example.com", from); err != nil {
		t.Fatalf("WantEmail() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'confirm-address' and state = 'sent'`)
	asked := p.server.Received()[1]
	if asked.To[0] != "canary2@example.com" || strings.Contains(asked.Raw, "Canary Name") {
		t.Errorf("received = %+v, want the new address asked, and nobody named", asked)
	}
	if err := p.interest.ConfirmEmail(ctx, linkIn(t, asked.Raw, "/track/confirm/"), "r"); err != nil {
		t.Fatalf("ConfirmEmail() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'address-changed' and state = 'sent'`)
	if told := p.server.Received()[2]; told.To[0] != "canary@example.com" || strings.Contains(told.Raw, "canary2") {
		t.Errorf("received = %+v, want the old address told, and not the new one", told)
	}
	if err := p.interest.FindTracks(ctx, "CANARY2@example.com", from); err != nil {
		t.Fatalf("FindTracks() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'track-link' and state = 'sent'`)
	if link := p.server.Received()[3]; link.To[0] != "canary2@example.com" {
		t.Errorf("received = %+v, want a link at the new address", link)
	}
	p.checkNoCanary(t)
}
