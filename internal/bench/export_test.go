package bench_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/server/servertest"
)

const (
	exportPath = "/admin/expressions/export"
	// memoryGoal is how much more memory an export may take than was taken before.
	memoryGoal = 64 << 20
	// shownOfFile is how much of a file its reader keeps.
	shownOfFile = 1 << 10
)

// BenchmarkExport has a lead export every case as CSV while the memory of the
// process is looked at, and fails where the export takes more than its goal. What
// the portal does not need before is given back to the system, so that all that
// an export takes is seen.
func BenchmarkExport(b *testing.B) {
	pool, owner := newMillion(b)
	file := &counter{}
	v := newVisitor(b, servertest.On(b, pool), file.of, owner, 0)
	form := v.Get(exportPath + "?tab=all").Want(http.StatusOK)
	for b.Loop() {
		debug.FreeOSMemory()
		before, began := resident(b), time.Now()
		highest := watch(b)
		sent := v.Send(form, exportPath, url.Values{"format": {"csv"}, "names": {"yes"}}).Want(http.StatusOK)
		took, more := time.Since(began), highest()-before
		fmt.Printf("%d MB, %d rows as CSV in %s, the first bytes after %s; %d MiB of memory before, %.1f MiB more at most (the goal is %d)\n",
			file.bytes/1e6, file.rows-1, took.Round(time.Second), file.first.Sub(began).Round(time.Second/10), before>>20, float64(more)/(1<<20), memoryGoal>>20)
		if more > memoryGoal {
			b.Errorf("an export took %d MiB more memory, over the goal of %d", more>>20, memoryGoal>>20)
		}
		if !strings.HasPrefix(sent.Body, "\ufeffReference,") || file.rows < *expressions*9/10 {
			b.Errorf("the file has %d rows and begins with %q", file.rows, sent.Body)
		}
		b.ReportMetric(float64(more)/(1<<20), "MiB-more")
	}
}

// resident is how much memory this process has, in bytes.
func resident(b *testing.B) int {
	b.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skipf("this system does not say how much memory a process has: %v", err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		b.Fatalf("reading how much memory this process has: %v", err)
	}
	return pages * os.Getpagesize()
}

// watch looks at the memory of this process 20 times a second; what it gives ends
// that and says how much it was at most.
func watch(b *testing.B) (highest func() int) {
	b.Helper()
	end, most := make(chan struct{}), make(chan int)
	go func() {
		tick := time.NewTicker(time.Second / 20)
		defer tick.Stop()
		at := 0
		for {
			select {
			case <-tick.C:
				at = max(at, resident(b))
			case <-end:
				most <- at
				return
			}
		}
	}()
	return func() int {
		close(end)
		return <-most
	}
}

// counter takes a file as a browser does that writes it to a disk, and keeps only
// how large it is and how it begins.
type counter struct {
	bytes, rows int
	first       time.Time
}

// of is a portal whose files are counted.
func (c *counter) of(portal http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "localhost"
		if r.Method == http.MethodPost && r.URL.Path == exportPath {
			*c = counter{}
			w = &counted{ResponseWriter: w, counter: c}
		}
		portal.ServeHTTP(w, r)
	})
}

// counted is a response of which the reader gets the beginning.
type counted struct {
	http.ResponseWriter
	*counter
}

// Write counts, and hands over the beginning.
func (c *counted) Write(b []byte) (int, error) {
	if c.bytes == 0 {
		c.first = time.Now()
	}
	if left := shownOfFile - c.bytes; left > 0 {
		if _, err := c.ResponseWriter.Write(b[:min(left, len(b))]); err != nil {
			return 0, err
		}
	}
	c.bytes += len(b)
	c.rows += bytes.Count(b, []byte("\r\n"))
	return len(b), nil
}

// Unwrap is the response that is counted.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
