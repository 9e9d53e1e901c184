package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// binary is the program under test, built once for all tests of the package.
var binary string

func TestMain(m *testing.M) {
	// Other tests keep each page once for the HTML check; here they come by the thousand.
	_ = os.Unsetenv("PORTAL_HTML_DIR")
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "portal-binary-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "portal")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// process is one run of the program.
type process struct {
	cmd   *exec.Cmd
	lines chan string
	ended chan error
	said  []string
}

// start runs the program with nothing but the given settings.
func start(t *testing.T, args []string, settings ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(binary, args...), lines: make(chan string, 100), ended: make(chan error, 1)}
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, settings...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = p.cmd.Stdout
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			p.lines <- scanner.Text()
		}
		close(p.lines)
		p.ended <- p.cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
	})
	return p
}

// waitFor reads lines until one holds the text.
func (p *process) waitFor(t *testing.T, text string, within time.Duration) string {
	t.Helper()
	timer := time.After(within)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				t.Fatalf("the program ended before saying %q:\n%s", text, strings.Join(p.said, "\n"))
			}
			p.said = append(p.said, line)
			if strings.Contains(line, text) {
				return line
			}
		case <-timer:
			t.Fatalf("the program did not say %q within %s:\n%s", text, within, strings.Join(p.said, "\n"))
		}
	}
}

// end waits until the program has ended and gives its exit status and words.
func (p *process) end(t *testing.T, within time.Duration) (int, string) {
	t.Helper()
	timer := time.After(within)
	for {
		select {
		case line, ok := <-p.lines:
			if ok {
				p.said = append(p.said, line)
				continue
			}
			err := <-p.ended
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			return p.cmd.ProcessState.ExitCode(), strings.Join(p.said, "\n")
		case <-timer:
			t.Fatalf("the program did not end within %s:\n%s", within, strings.Join(p.said, "\n"))
		}
	}
}

// dataDir is a folder that the private Postgres's own user can reach.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "portal-data-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func get(t *testing.T, addr, path string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = strings.Replace(addr, "127.0.0.1", "localhost", 1)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestServeKeepsEverythingOverStopRestartAndKill(t *testing.T) {
	t.Parallel()
	dir, addr := dataDir(t), freePort(t)
	settings := []string{"PORTAL_DATA_DIR=" + dir, "PORTAL_ADDR=" + addr}

	first := start(t, []string{"serve"}, settings...)
	first.waitFor(t, "Portal ready at http://localhost:", time.Minute)
	link := first.waitFor(t, "/admin/link/", 5*time.Second)
	for _, path := range []string{"/healthz", "/readyz", "/", "/professions/podiatrists"} {
		if status := get(t, addr, path); status != http.StatusOK {
			t.Errorf("GET %s = %d, want 200", path, status)
		}
	}
	// A second command reaches the database of the portal that runs.
	added := start(t, []string{"staff", "add", "--email", "lead@example.nhs.uk", "--name", "Ada Lead", "--role", "lead"}, settings...)
	if code, words := added.end(t, 30*time.Second); code != 0 || !strings.Contains(words, "/admin/link/") {
		t.Fatalf("staff add ended with %d: %s", code, words)
	}
	if err := first.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code, words := first.end(t, 30*time.Second); code != 0 {
		t.Fatalf("Ctrl-C ended with %d: %s", code, words)
	}

	again := start(t, []string{"serve"}, settings...)
	began := time.Now()
	again.waitFor(t, "Portal ready", time.Minute)
	t.Logf("the second start took %s", time.Since(began))
	fresh := again.waitFor(t, "/admin/link/", 5*time.Second)
	if fresh == link {
		t.Error("a link is printed twice, want a new one each start")
	}
	if err := again.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	again.end(t, 10*time.Second)

	after := start(t, []string{"serve"}, settings...)
	began = time.Now()
	after.waitFor(t, "Portal ready", time.Minute)
	t.Logf("the start after kill -9 took %s", time.Since(began))
	list := start(t, []string{"staff", "list"}, settings...)
	if code, words := list.end(t, 30*time.Second); code != 0 || !strings.Contains(words, "lead@example.nhs.uk") {
		t.Errorf("staff list after kill -9 ended with %d: %s", code, words)
	}
	if err := after.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code, words := after.end(t, 30*time.Second); code != 0 {
		t.Errorf("SIGTERM ended with %d: %s", code, words)
	}
}

func TestServeSaysWhatIsWrongAndHowToMendIt(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // after the parallel parts
	otherVersion := dataDir(t)
	if err := os.MkdirAll(filepath.Join(otherVersion, "postgres"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(otherVersion, "postgres", "PG_VERSION"), []byte("9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		settings []string
		want     []string
	}{
		{"a taken port", []string{"PORTAL_ADDR=" + taken.Addr().String()}, []string{"is taken", "PORTAL_ADDR"}},
		{"bad settings, all at once", []string{"PORTAL_ENV=live", "PORTAL_BASE_URL=x", "PORTAL_SMTP_URL=http://x"}, []string{"PORTAL_ENV", "PORTAL_BASE_URL", "PORTAL_SMTP_URL"}},
		{"a database that does not answer", []string{"DATABASE_URL=postgres://portal:hunter2@127.0.0.1:1/portal"}, []string{"DATABASE_URL"}},
		{"a data folder of another version", []string{"PORTAL_DATA_DIR=" + otherVersion}, []string{"9", "PORTAL_PG_BIN"}},
		{"missing server programs", []string{"PORTAL_PG_BIN=/nonexistent"}, []string{"PORTAL_PG_BIN"}},
		{"production without its settings", []string{"PORTAL_ENV=production"}, []string{"DATABASE_URL is needed", "PORTAL_SECRETS is needed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			settings := append([]string{"PORTAL_DATA_DIR=" + dataDir(t), "PORTAL_ADDR=" + freePort(t)}, test.settings...)
			code, words := start(t, []string{"serve"}, settings...).end(t, 30*time.Second)
			if code != 1 {
				t.Errorf("ended with %d, want 1: %s", code, words)
			}
			for _, want := range test.want {
				if !strings.Contains(words, want) {
					t.Errorf("says %q, want it to name %q", words, want)
				}
			}
			if strings.Contains(words, "hunter2") || strings.Contains(words, "goroutine") {
				t.Errorf("says too much: %s", words)
			}
		})
	}
}

func TestRetentionCountsThenDeletes(t *testing.T) {
	t.Parallel()
	settings := []string{"PORTAL_DATA_DIR=" + dataDir(t), "PORTAL_ADDR=" + freePort(t)}
	if code, words := start(t, []string{"migrate"}, settings...).end(t, time.Minute); code != 0 {
		t.Fatalf("migrate ended with %d: %s", code, words)
	}
	// A link that a person never used is all that an empty portal has to keep.
	if code, words := start(t, []string{"staff", "add", "--email", "lead@example.nhs.uk", "--name", "Ada Lead", "--role", "lead"}, settings...).end(t, time.Minute); code != 0 {
		t.Fatalf("staff add ended with %d: %s", code, words)
	}
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"retention", "--dry-run"}, []string{"WOULD BE DELETED", "ended-expression 12 months", "draft 28 days the last change"}},
		{[]string{"retention"}, []string{"AFTER DELETED", "staff-link 30 days"}},
	} {
		code, words := start(t, test.args, settings...).end(t, time.Minute)
		if code != 0 {
			t.Errorf("portal %s ended with %d: %s", strings.Join(test.args, " "), code, words)
		}
		inLine := strings.Join(strings.Fields(words), " ") // the columns are as wide as their longest word
		for _, want := range test.want {
			if !strings.Contains(inLine, want) {
				t.Errorf("portal %s says\n%s\nwant %q in it", strings.Join(test.args, " "), words, want)
			}
		}
		if strings.Contains(words, "lead@example.nhs.uk") {
			t.Errorf("portal %s names somebody: %s", strings.Join(test.args, " "), words)
		}
	}
	if code, words := start(t, []string{"retention", "now"}, settings...).end(t, time.Minute); code != 1 {
		t.Errorf("retention with a word too many ended with %d: %s", code, words)
	}
}

func TestHelpReadsWell(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}, {"migrate", "--help"}, {"staff", "--help"}, {"staff", "add", "--help"}, {"content", "--help"}, {"content", "import", "--help"}, {"content", "export", "--help"}, {"retention", "--help"}, {"audit", "verify", "--help"}, {"version"}} {
		code, words := start(t, args).end(t, 10*time.Second)
		if code != 0 || len(words) < 10 {
			t.Errorf("portal %s ended with %d: %s", strings.Join(args, " "), code, words)
		}
	}
}
