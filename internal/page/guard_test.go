package page

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
)

func TestFilesAreReadFourAtATime(t *testing.T) {
	t.Parallel()
	guard, route := &Guard{}, Route{File: "file", MaxBody: 100}
	read := func(ctx context.Context) error {
		body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n"
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		_, err := guard.readFile(httptest.NewRecorder(), r, route)
		return err
	}
	ctx, answered := context.WithCancel(t.Context())
	for range filesAtOnce {
		if err := read(ctx); err != nil {
			t.Fatalf("readFile() = %v", err)
		}
	}
	if err := read(t.Context()); !errors.Is(err, fault.Unavailable) {
		t.Errorf("readFile(one more) = %v, want Unavailable", err)
	}
	answered()
	for i := 0; guard.reading.Load() > 0; i++ {
		if i == 1000 {
			t.Fatalf("%d files are in memory after they were answered", guard.reading.Load())
		}
		time.Sleep(time.Millisecond)
	}
	if err := read(t.Context()); err != nil {
		t.Errorf("readFile(afterwards) = %v", err)
	}
}
