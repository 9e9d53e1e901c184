package job_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/job"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/staff"
)

func TestStaffAreToldOfANewCaseAndNothingAboutThePerson(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	account, err := p.staff.Add(ctx, staff.By{}, staff.NewAccount{Email: "sam@example.nhs.uk", Name: "Sam Sample", Role: staff.Reviewer})
	if err != nil {
		t.Fatalf("Add() = %v", err)
	}
	choices := notice.Choices{}
	for _, kind := range notice.Kinds() {
		choices[kind] = notice.AtOnce
	}
	notices := &notice.Store{DB: p.pool, Outbox: mail.NewOutbox(), Now: time.Now}
	if err := notices.Choose(ctx, staff.By{ActorID: account.ID}, choices); err != nil {
		t.Fatalf("Choose() = %v", err)
	}
	sent := p.send(t)
	// What the job does each minute, now; a second time changes nothing.
	for range 2 {
		if _, err := p.client.Insert(ctx, job.Notice{}, nil); err != nil {
			t.Fatalf("Insert() = %v", err)
		}
	}
	p.wait(t, `select count(*) = 1 from mail where kind = 'notice' and state = 'sent'`)
	told := 0
	for _, got := range p.server.Received() {
		if !strings.Contains(got.Header(t, "Subject"), "new cases: 1") {
			continue
		}
		told++
		raw := strings.ReplaceAll(got.Raw, "=\r\n", "")
		if got.To[0] != "sam@example.nhs.uk" || !strings.Contains(raw, "https://portal.example.org/admin/expressions/"+sent.Reference) {
			t.Errorf("received %s, want a mail to Sam with a link to the case", raw)
		}
		if lower := strings.ToLower(raw); strings.Contains(lower, "canary") || strings.Contains(lower, "dietitian") {
			t.Errorf("received %s, want nothing about the person", raw)
		}
	}
	if told != 1 {
		t.Errorf("mails about the new case = %d, want 1", told)
	}
	p.checkNoCanary(t)
}
