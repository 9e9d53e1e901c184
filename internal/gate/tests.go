package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"ahpfaculty/internal/postgres/postgrestest"
)

// prepare starts the Postgres that the tests share and makes the folder that
// they keep pages in.
func (g *gate) prepare(ctx context.Context) (cleanUp func(), err error) {
	if g.full {
		if _, err := exec.LookPath("cc"); err != nil {
			return nil, errors.New("no C compiler for the race detector: install one, such as apt-get install gcc")
		}
	}
	g.htmlDir, err = os.MkdirTemp("", "portal-html-")
	if err != nil {
		return nil, err
	}
	url, stop, err := postgrestest.StartShared(ctx)
	if err != nil {
		return nil, fmt.Errorf("starting Postgres for the tests: %w", err)
	}
	g.databaseURL = url
	return func() {
		stop()
		_ = os.RemoveAll(g.htmlDir)
	}, nil
}

func (g *gate) env() []string {
	return append(os.Environ(), "PORTAL_TEST_DATABASE_URL="+g.databaseURL, "PORTAL_HTML_DIR="+g.htmlDir)
}

// event is a line of go test -json.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// goTests runs every Go test and counts each, subtests included.
func goTests(ctx context.Context, g *gate) (count, error) {
	args := []string{"test", "-json", "-timeout=20m"}
	if g.full {
		args = append(args, "-race", "-shuffle=on", "-count=1")
	} else {
		args = append(args, "-short") // the same tests of faults, a tenth of their size
	}
	cmd := exec.CommandContext(ctx, "go", append(args, "./...")...)
	cmd.Env = g.env()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return count{}, err
	}
	cmd.Stderr = os.Stdout
	if err := cmd.Start(); err != nil {
		return count{}, err
	}
	found := tally(out)
	err = cmd.Wait()
	if found.failed > 0 {
		err = nil // the failures were printed as they came
	}
	return found, err
}

// tally counts the events of go test -json and prints what failing tests said.
func tally(out io.Reader) count {
	var found count
	said := map[string]*strings.Builder{}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text())
			continue
		}
		name := e.Package + " " + e.Test
		switch e.Action {
		case "output":
			if said[name] == nil {
				said[name] = &strings.Builder{}
			}
			said[name].WriteString(e.Output)
		case "build-output":
			fmt.Print(e.Output)
		case "pass", "skip":
			if e.Test != "" && e.Action == "pass" {
				found.passed++
			}
			delete(said, name)
		case "fail":
			found.failed++
			fmt.Printf("FAIL %s\n", name)
			if text := said[name]; text != nil {
				fmt.Println(text)
			}
			delete(said, name)
		}
	}
	return found
}

// validHTML runs the validator over every page that the Go tests got.
func validHTML(ctx context.Context, g *gate) (count, error) {
	pages, err := filepath.Glob(filepath.Join(g.htmlDir, "*.html"))
	if err != nil || len(pages) == 0 {
		return count{}, err
	}
	cmd := exec.CommandContext(ctx, "node", "node_modules/html-validate/bin/html-validate.mjs", "--config", "html-validate.json", filepath.Join(g.htmlDir, "*.html"))
	cmd.Dir = "web"
	out, err := cmd.CombinedOutput()
	if err != nil {
		text := string(out)
		if len(text) > 20_000 {
			text = text[:20_000] + "\n…"
		}
		return count{failed: 1}, fmt.Errorf("%w\n%s", err, text)
	}
	return count{passed: len(pages)}, nil
}

var tapCount = regexp.MustCompile(`(?m)^# (pass|fail|cancelled|skipped) (\d+)`)

// browserTests runs the tests under web/e2e, which start bin/portal by themselves,
// two files at once: while one waits for a page, the other has the processor.
func browserTests(ctx context.Context, g *gate) (count, error) {
	files, err := filepath.Glob("web/e2e/*.test.mjs")
	if err != nil || len(files) == 0 {
		return count{}, err
	}
	args := []string{"--test", "--test-reporter=tap", "--test-concurrency=2"}
	for _, file := range files {
		args = append(args, strings.TrimPrefix(file, "web/"))
	}
	cmd := exec.CommandContext(ctx, "node", args...)
	cmd.Dir = "web"
	cmd.Env = g.env()
	out, err := cmd.CombinedOutput()
	var found count
	for _, match := range tapCount.FindAllStringSubmatch(string(out), -1) {
		n, _ := strconv.Atoi(match[2])
		if match[1] == "pass" {
			found.passed += n
		} else {
			found.failed += n // a test that was skipped or broken off has not passed
		}
	}
	if err != nil || found.failed > 0 {
		fmt.Println(string(out))
	}
	if found.failed > 0 {
		err = nil
	}
	return found, err
}
