package job_test

import (
	"context"
	"strings"
	"testing"

	"ahpfaculty/internal/job"
	"ahpfaculty/internal/mail"
)

func TestSweepSendsTheMailWhoseJobIsLostAndTheOneThatWasNeverOwed(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	p.wait(t, `select count(*) > 0 from river_job where kind = 'sweep' and state = 'completed'`)
	p.server.Refuse(451, 451)
	lost, never := p.send(t), p.send(t)
	p.mail(t, lost.ID, mail.Waiting, 1)
	p.mail(t, never.ID, mail.Waiting, 1)
	p.wait(t, `select count(*) = 2 from river_job where kind = 'mail' and state = 'retryable'`)
	if _, err := p.pool.Exec(ctx, `delete from river_job where kind = 'mail'`); err != nil {
		t.Fatalf("losing the jobs: %v", err)
	}
	if _, err := p.pool.Exec(ctx, `delete from mail where subject_id = $1`, never.ID); err != nil {
		t.Fatalf("losing a mail: %v", err)
	}
	for range 2 {
		if _, err := p.client.Insert(ctx, job.Sweep{}, nil); err != nil {
			t.Fatalf("Insert(sweep) = %v", err)
		}
	}
	row := p.mail(t, lost.ID, mail.Sent, 2)
	p.mail(t, never.ID, mail.Sent, 1)
	if n := len(p.server.Received()); n != 2 {
		t.Errorf("%d mails received, want 2", n)
	}
	for _, id := range []string{row.ID, never.ID} {
		if !strings.Contains(p.log.String(), id) {
			t.Errorf("the log does not say what was found: %s", id)
		}
	}
	p.checkNoCanary(t)
}
