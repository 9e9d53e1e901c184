package job_test

import (
	"context"
	"testing"
	"time"

	"ahpfaculty/internal/job"
)

func TestPurgeRunsAtTheStartAndDeletesExpiredDrafts(t *testing.T) {
	t.Parallel()
	ctx, p := context.Background(), start(t)
	p.wait(t, `select count(*) > 0 from river_job where kind = 'purge' and state = 'completed'`)
	kept, err := p.interest.NewDraft(ctx)
	if err != nil {
		t.Fatalf("NewDraft() = %v", err)
	}
	if _, err := p.pool.Exec(ctx, `
		insert into draft (created_at, updated_at, expires_at)
		values (now() - interval '28 days', now() - interval '28 days', now())`); err != nil {
		t.Fatalf("adding an expired draft: %v", err)
	}
	if _, err := p.client.Insert(ctx, job.Purge{}, nil); err != nil {
		t.Fatalf("Insert(purge) = %v", err)
	}
	p.wait(t, `select count(*) = 1 from draft`)
	if _, err := p.interest.Draft(ctx, kept.ID); err != nil {
		t.Errorf("Draft(young) after the purge = %v, want nil", err)
	}
}

// wait fails unless the query answers true before long.
func (p portal) wait(t *testing.T, sql string) {
	t.Helper()
	for range 200 {
		var done bool
		if err := p.pool.QueryRow(context.Background(), sql).Scan(&done); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if done {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s: still false", sql)
}
