package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Problem is what an error page says.
type Problem struct {
	Status    int
	RequestID string
	Wait      string // how long to wait, in words; "" when it does not say
}

// Server turns handlers into http handlers, renders pages, and is the one
// place that logs errors and writes error pages.
type Server struct {
	Log *slog.Logger
	// View makes the error page of a request.
	View func(r *http.Request, p Problem) templ.Component
}

// buffers are reused between pages: a page is rendered whole before its first
// byte is sent, so that a view that fails half way becomes an error page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// largestKeptBuffer keeps one huge page from staying in memory for good.
const largestKeptBuffer = 1 << 20

// Wrap makes a handler an http.Handler whose errors become pages.
func (s *Server) Wrap(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.Fail(w, r, err)
		}
	})
}

// Render sends a component as a page with a status; nothing is sent when the
// component fails.
func (s *Server) Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	defer func() {
		if buffer.Cap() <= largestKeptBuffer {
			buffers.Put(buffer)
		}
	}()
	if err := c.Render(r.Context(), buffer); err != nil {
		return fmt.Errorf("rendering a page: %w", err)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(buffer.Len()))
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	// An error here is a reader who left: there is nobody to tell.
	_, _ = w.Write(buffer.Bytes())
	return nil
}

// Fail logs an error once, by its kind, and sends the page that says what
// happened and what to do next.
func (s *Server) Fail(w http.ResponseWriter, r *http.Request, err error) {
	status := Status(err)
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	s.Log.LogAttrs(r.Context(), level, "request failed",
		slog.String("request_id", RequestID(r.Context())),
		slog.Int("status", status),
		slog.String("error", err.Error()))
	problem := Problem{Status: status, RequestID: RequestID(r.Context())}
	var wait *fault.WaitError
	if errors.As(err, &wait) {
		seconds := int(math.Ceil(wait.After.Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(max(1, seconds)))
		problem.Wait = InWords(seconds)
	} else if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	s.Problem(w, r, problem)
}

// Problem sends an error page. When that fails too, it sends a plain sentence.
func (s *Server) Problem(w http.ResponseWriter, r *http.Request, p Problem) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Del("Etag")
	if err := s.Render(w, r, p.Status, s.View(r, p)); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "error page failed",
			slog.String("request_id", p.RequestID), slog.String("error", err.Error()))
		http.Error(w, "Something went wrong. Try again in a few minutes. Request "+p.RequestID, p.Status)
	}
}

// statuses are looked through in order; the first kind that fits wins.
var statuses = []struct {
	kind   error
	status int
}{
	{fault.Limited, http.StatusTooManyRequests},
	{fault.Unavailable, http.StatusServiceUnavailable},
	{fault.TooLarge, http.StatusRequestEntityTooLarge},
	{fault.Invalid, http.StatusBadRequest},
	{fault.Forbidden, http.StatusForbidden},
	{fault.NotFound, http.StatusNotFound},
	{fault.Conflict, http.StatusConflict},
	{fault.Gone, http.StatusGone},
	{context.DeadlineExceeded, http.StatusServiceUnavailable},
	{context.Canceled, http.StatusServiceUnavailable},
}

// Status is the HTTP status of an error's kind; 503 where the database is away
// or too busy, and 500 for an error of no kind.
func Status(err error) int {
	for _, one := range statuses {
		if errors.Is(err, one.kind) {
			return one.status
		}
	}
	if postgres.IsUnavailable(err) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// InWords says a wait the way people do: "1 minute", "20 seconds".
func InWords(seconds int) string {
	unit, n := "second", max(1, seconds)
	if n > 90 {
		unit, n = "minute", (n+59)/60
	}
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}
