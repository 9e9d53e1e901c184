package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/jackc/pgx/v5/pgconn"

	"ahpfaculty/internal/fault"
)

func TestStatusTellsTheKindsApart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want int
	}{
		{fmt.Errorf("a: %w", fault.NotFound), 404},
		{fmt.Errorf("a: %w", fault.Conflict), 409},
		{fmt.Errorf("a: %w", fault.Gone), 410},
		{&fault.WaitError{Kind: fault.Limited, After: time.Second}, 429},
		{fmt.Errorf("a: %w", &pgconn.PgError{Code: "57P01"}), 503},
		{context.DeadlineExceeded, 503},
		{errors.New("anything"), 500},
		{fmt.Errorf("a: %w", &pgconn.PgError{Code: "23505"}), 500},
	} {
		if got := Status(test.err); got != test.want {
			t.Errorf("Status(%v) = %d, want %d", test.err, got, test.want)
		}
	}
}

// view writes some of a page and then fails, or says the problem.
func newServer() *Server {
	return &Server{Log: slog.New(slog.DiscardHandler), View: func(_ *http.Request, p Problem) templ.Component {
		return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := fmt.Fprintf(w, "problem %d %s", p.Status, p.Wait)
			return err
		})
	}}
}

func TestAPageThatFailsHalfWaySendsNothingOfItself(t *testing.T) {
	t.Parallel()
	s := newServer()
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return errors.New("view failed")
	})
	w := httptest.NewRecorder()
	s.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		return s.Render(w, r, http.StatusOK, half)
	}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "half") || !strings.Contains(w.Body.String(), "problem 500") {
		t.Errorf("answered %d %q, want the error page alone", w.Code, w.Body)
	}
}

func TestALimitSaysHowLongToWait(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	newServer().Fail(w, httptest.NewRequest(http.MethodGet, "/", nil), &fault.WaitError{Kind: fault.Limited, After: 125 * time.Second})
	if w.Code != 429 || w.Header().Get("Retry-After") != "125" || !strings.Contains(w.Body.String(), "3 minutes") {
		t.Errorf("answered %d, Retry-After %q, %q", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}
