package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"
)

// text is a page that says one thing.
func text(what string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, what)
		return err
	})
}

func TestPageThatManyAskForIsMadeOnce(t *testing.T) {
	t.Parallel()
	h := &Handler{Now: time.Now}
	h.shelf.hear(true)
	var made atomic.Int32
	handle := h.keep(func(context.Context, ask) (templ.Component, error) {
		made.Add(1)
		time.Sleep(50 * time.Millisecond)
		return text("page"), nil
	})
	barrier := make(chan struct{})
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			<-barrier
			w := httptest.NewRecorder()
			if err := handle(w, httptest.NewRequest(http.MethodGet, "/page", nil)); err != nil || w.Body.String() != "page" {
				t.Errorf("answer = %q, %v, want the page", w.Body, err)
			}
		})
	}
	close(barrier)
	wait.Wait()
	if n := made.Load(); n != 1 {
		t.Errorf("made the page %d times, want once", n)
	}
}

func TestPageOutlivesTheReaderWhoAskedFirst(t *testing.T) {
	t.Parallel()
	h := &Handler{Now: time.Now}
	h.shelf.hear(true)
	handle := h.keep(func(ctx context.Context, _ ask) (templ.Component, error) {
		return text("page"), ctx.Err()
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	if err := handle(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/page", nil)); err != nil {
		t.Errorf("making a page for a reader who left = %v, want it made for the others", err)
	}
}

func TestFailedPageIsNotKept(t *testing.T) {
	t.Parallel()
	h := &Handler{Now: time.Now}
	h.shelf.hear(true)
	broken := errors.New("broken")
	fails := true
	handle := h.keep(func(context.Context, ask) (templ.Component, error) {
		return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			if fails {
				return broken
			}
			_, err := io.WriteString(w, "page")
			return err
		}), nil
	})
	w := httptest.NewRecorder()
	if err := handle(w, httptest.NewRequest(http.MethodGet, "/page", nil)); !errors.Is(err, broken) || w.Body.Len() != 0 {
		t.Errorf("a page that fails = %v with %d bytes, want its error and none", err, w.Body.Len())
	}
	fails = false
	w = httptest.NewRecorder()
	if err := handle(w, httptest.NewRequest(http.MethodGet, "/page", nil)); err != nil || w.Body.String() != "page" {
		t.Errorf("the page afterwards = %q, %v, want it", w.Body, err)
	}
}
