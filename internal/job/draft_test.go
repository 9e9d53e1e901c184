package job_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/job"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/mail/mailtest"
)

const resumeAddress = "https://portal.example.org/apply/resume/"

// begin begins a draft that gave an email address.
func (p portal) begin(t *testing.T) interest.Draft {
	t.Helper()
	draft, err := p.interest.NewDraft(t.Context())
	if err == nil {
		draft, err = p.interest.SaveAnswer(t.Context(), draft.ID, 0, interest.Email{Address: "canary@example.com"})
	}
	if err != nil {
		t.Fatalf("beginning a draft: %v", err)
	}
	return draft
}

// tokenIn is the token of the link that a mail carries.
func tokenIn(t *testing.T, m mailtest.Received) string {
	t.Helper()
	_, rest, found := strings.Cut(strings.ReplaceAll(m.Raw, "=\r\n", ""), resumeAddress)
	token, _, _ := strings.Cut(rest, "\r\n")
	if !found || token == "" {
		t.Fatalf("the mail carries no link:\n%s", m.Raw)
	}
	return token
}

func TestADraftLinkIsMintedForEachAttempt(t *testing.T) {
	t.Parallel()
	p := start(t)
	draft := p.begin(t)
	p.server.Refuse(451)
	if err := p.interest.AskLink(t.Context(), draft.ID, "canary@example.com", netip.MustParseAddr("192.0.2.1")); err != nil {
		t.Fatalf("AskLink() = %v", err)
	}
	p.mail(t, draft.ID, mail.Waiting, 1)
	p.hurry(t)
	p.mail(t, draft.ID, mail.Sent, 2)
	p.wait(t, `select count(*) = 2 from draft_link`)
	got := p.server.Received()
	if len(got) != 1 || got[0].To[0] != "canary@example.com" {
		t.Fatalf("received = %+v, want one mail to canary@example.com", got)
	}
	token := tokenIn(t, got[0])
	link, err := p.interest.Link(t.Context(), token)
	if err != nil || link.Draft.ID != draft.ID {
		t.Errorf("Link(%q) = %v, %v, want the draft's", token, link.Draft.ID, err)
	}
	if strings.Contains(p.log.String(), token) {
		t.Error("the log holds the link's token")
	}
	var jobs string
	if err := p.pool.QueryRow(t.Context(), `select string_agg(j::text || m::text, ' ') from river_job j, mail m`).Scan(&jobs); err != nil {
		t.Fatalf("reading jobs and mails: %v", err)
	}
	if strings.Contains(jobs, token) {
		t.Error("the jobs or mails hold the link's token")
	}
	p.checkNoCanary(t)
}

func TestADraftThatIsSentMeanwhileGetsNoLink(t *testing.T) {
	t.Parallel()
	p := start(t)
	draft := p.begin(t)
	p.server.Refuse(451)
	if err := p.interest.AskLink(t.Context(), draft.ID, "canary@example.com", netip.MustParseAddr("192.0.2.1")); err != nil {
		t.Fatalf("AskLink() = %v", err)
	}
	p.mail(t, draft.ID, mail.Waiting, 1)
	if _, err := p.pool.Exec(t.Context(), `update draft set reference = 'AAA-BBBB', answers = '{}', email = ''`); err != nil {
		t.Fatalf("sending the draft: %v", err)
	}
	p.hurry(t)
	p.mail(t, draft.ID, mail.Refused, 2)
	p.job(t, "cancelled")
}

func TestADraftThatEndsSoonIsWarnedOfOnce(t *testing.T) {
	t.Parallel()
	p := start(t)
	draft := p.begin(t)
	if _, err := p.pool.Exec(t.Context(), `
		update draft set updated_at = updated_at - interval '22 days', expires_at = expires_at - interval '22 days'`); err != nil {
		t.Fatalf("ageing the draft: %v", err)
	}
	for range 2 {
		if _, err := p.client.Insert(context.Background(), job.Warn{}, nil); err != nil {
			t.Fatalf("Insert(warn) = %v", err)
		}
	}
	p.wait(t, `select count(*) >= 2 from river_job where kind = 'warn' and state = 'completed'`)
	p.mail(t, draft.ID, mail.Sent, 1)
	got := p.server.Received()
	if len(got) != 1 || !strings.Contains(got[0].Header(t, "Subject"), "We delete your form on") {
		t.Fatalf("received %d mails, want one that says when the form is deleted", len(got))
	}
	link, err := p.interest.Link(t.Context(), tokenIn(t, got[0]))
	if err != nil || link.ExpiresAt.After(time.Now().Add(6*24*time.Hour+time.Minute)) {
		t.Errorf("Link() = until %v, %v, want one that ends with the draft", link.ExpiresAt, err)
	}
	if _, err := p.interest.UseLink(t.Context(), "another", "form"); !errors.Is(err, fault.Gone) {
		t.Errorf("UseLink(another) = %v, want Gone", err)
	}
	p.checkNoCanary(t)
}
