package job_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/staff"
)

func TestAJobChangesManyCasesAndTheMailsGo(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	sent := p.send(t)
	p.mail(t, sent.ID, mail.Sent, 1)
	account := staff.Account{Role: staff.Lead}
	if err := p.pool.QueryRow(ctx, `insert into staff_account (email, name, role, created_at) values ('ada@example.org', 'Ada', 'lead', now()) returning id::text`).Scan(&account.ID); err != nil {
		t.Fatalf("adding an account: %v", err)
	}
	store := &bulk.Store{DB: p.pool, Outbox: mail.NewOutbox(), Now: time.Now}
	id, err := store.Plan(ctx, account, bulk.Change{Kind: bulk.Tell, To: "how-is-it-going"}, []string{sent.ID})
	if err != nil {
		t.Fatalf("Plan() = %v", err)
	}
	if err := store.Start(ctx, interest.By{StaffID: account.ID}, id, true, interest.Words{Says: "Tell us, canary."}); err != nil {
		t.Fatalf("Start() = %v", err)
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'told' and state = 'sent'`)
	p.wait(t, `select count(*) = 1 from bulk_change where ended_at is not null`)
	got := p.server.Received()
	if raw := strings.ReplaceAll(got[len(got)-1].Raw, "=\r\n", ""); !strings.Contains(raw, "Tell us, canary.") {
		t.Errorf("received %s, want the message", raw)
	}
	p.checkNoCanary(t)
}
