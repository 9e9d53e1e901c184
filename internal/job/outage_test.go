package job_test

import (
	"context"
	"testing"
	"time"

	"ahpfaculty/internal/mail"
)

func TestNoMailIsLostAndOnlyWhatIsUnclearIsRepeated(t *testing.T) {
	t.Parallel()
	const forms, drops = 8, 2
	p := startWithin(t, 3*time.Second)
	p.server.Refuse(451, 550)
	p.server.Silence(1)
	p.server.Drop(drops)
	p.server.Slow(100 * time.Millisecond)
	for range forms {
		p.send(t)
	}
	p.settle(t)

	ids := map[string]int{}
	for _, m := range p.server.Received() {
		ids[m.Header(t, "Message-Id")]++
	}
	var refused, repeated int
	for _, row := range p.mailRows(t) {
		times := ids["<"+row.ID+"@example.org>"]
		delete(ids, "<"+row.ID+"@example.org>")
		switch {
		case row.State == mail.Refused && times == 0:
			refused++
		case row.State != mail.Sent || times == 0:
			t.Errorf("mail %s is %s and came %d times (%s), want it sent", row.ID, row.State, times, row.Failure)
		default:
			repeated += times - 1
		}
	}
	if refused != 1 {
		t.Errorf("%d mails refused for good, want the one that the server refused so", refused)
	}
	if repeated != drops {
		t.Errorf("%d mails came again, want %d: those whose answer was lost, and no other", repeated, drops)
	}
	if len(ids) != 0 {
		t.Errorf("mails came with other Message-IDs: %v", ids)
	}
	p.checkNoCanary(t)
}

// settle lets every mail be tried, again and again, until none is waiting.
func (p portal) settle(t *testing.T) {
	t.Helper()
	for range 300 {
		if _, err := p.pool.Exec(context.Background(), `
			update river_job set state = 'available', scheduled_at = now() where state in ('retryable', 'scheduled')`); err != nil {
			t.Fatalf("hurrying the jobs: %v", err)
		}
		var waiting int
		if err := p.pool.QueryRow(context.Background(), `select count(*) from mail where state = 'waiting'`).Scan(&waiting); err != nil {
			t.Fatalf("counting mails: %v", err)
		}
		if waiting == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("mails are still waiting")
}

// mailRows are all mails.
func (p portal) mailRows(t *testing.T) []mail.Row {
	t.Helper()
	rows, err := p.pool.Query(context.Background(), `select distinct subject_id from mail`)
	if err != nil {
		t.Fatalf("listing mails: %v", err)
	}
	var subjects []string
	for rows.Next() {
		var subject string
		if err := rows.Scan(&subject); err != nil {
			t.Fatalf("listing mails: %v", err)
		}
		subjects = append(subjects, subject)
	}
	var all []mail.Row
	for _, subject := range subjects {
		about, err := p.mails.About(context.Background(), subject)
		if err != nil {
			t.Fatalf("About() = %v", err)
		}
		all = append(all, about...)
	}
	return all
}
