package job

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river/rivertype"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
)

func TestRetriesSpreadOverTwoDays(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	now := start
	policy := retryPolicy{now: func() time.Time { return now }}
	row := &rivertype.JobRow{}
	for range mail.MaxAttempts - 1 {
		next := policy.NextRetry(row)
		if !next.After(now) {
			t.Fatalf("NextRetry after %d failures = %v, want later than %v", len(row.Errors), next, now)
		}
		now = next
		row.Errors = append(row.Errors, rivertype.AttemptError{})
	}
	if total := now.Sub(start); total < 46*time.Hour || total > 50*time.Hour {
		t.Errorf("the last try is after %v, want about two days", total)
	}
}

func TestPlainKeepsOnlyCodesAndKinds(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"reading: postgres 23505":                      &pgconn.PgError{Code: "23505", Message: "secret", Detail: "Key (email)=(secret) exists"},
		"reading: not found":                           fmt.Errorf("reading secret: %w", fault.NotFound),
		"reading: smtp 550 permanent during recipient": fmt.Errorf("secret: %w", &mail.SendError{Code: 550, During: "recipient", Permanent: true}),
		"reading: failed":                              errors.New("secret"),
	} {
		if got := plain("reading", err).Error(); got != want || strings.Contains(got, "secret") {
			t.Errorf("plain(%v) = %q, want %q", err, got, want)
		}
	}
	if got := guard(func() error { panic("secret") }); !errors.Is(got, errPanic) {
		t.Errorf("guard(panic) = %v, want errPanic", got)
	}
}
