package private

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// asPortal, when set, makes the test binary a portal that runs a private
// server on the named data folder until it is killed.
const asPortal = "PRIVATE_TEST_DATA_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(asPortal); dir != "" {
		bePortal(dir)
	}
	os.Exit(m.Run())
}

func bePortal(dir string) {
	s, err := Start(context.Background(), options(dir))
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	pid, _ := s.cluster.postmaster()
	fmt.Println("ready", pid)
	time.Sleep(time.Minute)
	os.Exit(0)
}

func options(dir string) Options {
	return Options{DataDir: dir, Log: slog.New(slog.DiscardHandler), Exclusive: true}
}

func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "private-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func mustStart(t *testing.T, o Options) *Server {
	t.Helper()
	began := time.Now()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatalf("Start = %v", err)
	}
	t.Logf("started in %s", time.Since(began))
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

// run runs statements as the owner and gives the last one's number.
func run(t *testing.T, s *Server, statements ...string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.OwnerURL())
	if err != nil {
		t.Fatalf("connecting: %v", err)
	}
	defer conn.Close(context.Background())
	for _, statement := range statements {
		rows, err := conn.Query(t.Context(), statement)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return n
}

func TestASecondStartHasKeptEverything(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	run(t, first, `create table kept (n int)`, `insert into kept values (7)`)
	if err := first.Stop(t.Context()); err != nil {
		t.Fatalf("Stop = %v", err)
	}
	second := mustStart(t, options(dir))
	if n := run(t, second, `select n from kept`); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
}

func TestTheSocketIsForItsUserAloneAndGoesWithTheServer(t *testing.T) {
	t.Parallel()
	s := mustStart(t, options(dataDir(t)))
	info, err := os.Stat(s.cluster.socketDir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder has %v, %v, want 0700", info.Mode(), err)
	}
	if len(s.cluster.socket()) > 103 {
		t.Errorf("%s is too long for a socket", s.cluster.socket())
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Fatalf("Stop = %v", err)
	}
	if _, err := os.Stat(s.cluster.socketDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket's folder is there after Stop: %v", err)
	}
}

func TestAnotherPortalSharesOrIsRefused(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	if _, err := Start(t.Context(), options(dir)); err == nil || !strings.Contains(err.Error(), "another portal") {
		t.Errorf("Start(in use) = %v, want an error that says so", err)
	}
	shared := options(dir)
	shared.Exclusive = false
	second := mustStart(t, shared)
	if err := second.Restart(t.Context()); err == nil {
		t.Error("Restart(shared) = nil, want an error")
	}
	if err := second.Stop(t.Context()); err != nil {
		t.Errorf("Stop(shared) = %v", err)
	}
	if n := run(t, first, `select 1`); n != 1 {
		t.Error("the first portal's server ended with the second portal")
	}
}

func TestACommandBesideTheFirstStartWaitsForIt(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	link := filepath.Join(dataDir(t), "link") // another way to the same folder
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		first, err := Start(context.Background(), options(dir))
		if err != nil {
			t.Errorf("Start(first) = %v", err)
			return
		}
		t.Cleanup(func() { _ = first.Stop(context.Background()) })
	}()
	// Until the first portal, which then has the lock, makes the cluster.
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if made, _ := filepath.Glob(filepath.Join(dir, "postgres*")); len(made) > 0 {
			break
		}
	}
	shared := options(link)
	shared.Exclusive = false
	if n := run(t, mustStart(t, shared), `select 1`); n != 1 {
		t.Error("the shared server does not answer")
	}
	<-ready
}

func TestTheServersLogHoldsNoValue(t *testing.T) {
	t.Parallel()
	s := mustStart(t, options(dataDir(t)))
	conn, err := pgx.Connect(t.Context(), s.OwnerURL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `create table person (email text primary key)`); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err = conn.Exec(t.Context(), `insert into person values ($1)`, "ann@example.org")
	}
	if err == nil {
		t.Fatal("the second row was taken")
	}
	content, err := os.ReadFile(s.cluster.logPath())
	if err != nil || !strings.Contains(string(content), "ready to accept") || strings.Contains(string(content), "ann@") {
		t.Errorf("the log reads, %v:\n%s\nwant the start and no value", err, content)
	}
}

func TestKillingTheServerLosesNothing(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	run(t, first, `create table kept (n int)`, `insert into kept values (7)`)
	first.child.stop(syscall.SIGKILL)
	_ = first.lock.Close()
	second := mustStart(t, options(dir))
	if n := run(t, second, `select n from kept`); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
}

func TestAnInterruptedFirstStartLeavesNoHalfCluster(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	if _, err := Start(ctx, options(dir)); err == nil {
		t.Fatal("the first start was done before it could be interrupted")
	}
	left := filepath.Join(dir, "postgres"+unfinished+"1") // by one that was killed
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	s := mustStart(t, options(dir))
	if n := run(t, s, `select 1`); n != 1 {
		t.Error("the server does not answer")
	}
	if unfinished, _ := filepath.Glob(s.cluster.dir + unfinished + "*"); len(unfinished) > 0 {
		t.Errorf("%v is left", unfinished)
	}
}

func TestStartRefusesWhatItCannotUseAndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	withFile := func(name, content string) string {
		dir := dataDir(t)
		if err := os.MkdirAll(filepath.Join(dir, "postgres"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "postgres", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	otherVersion, foreign := withFile("PG_VERSION", "9\n"), withFile("diary.txt", "mine")
	noPrograms := options(dataDir(t))
	noPrograms.BinDir = "/nonexistent"
	for name, test := range map[string]struct {
		options Options
		want    string
	}{
		"another major version": {options(otherVersion), "made by PostgreSQL 9"},
		"a folder of other use": {options(foreign), "holds no Postgres cluster"},
		"missing programs":      {noPrograms, "PORTAL_PG_BIN"},
	} {
		if _, err := Start(t.Context(), test.options); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Start(%s) = %v, want it to say %q", name, err, test.want)
		}
	}
	if content, err := os.ReadFile(filepath.Join(foreign, "postgres", "diary.txt")); err != nil || string(content) != "mine" {
		t.Errorf("what was in the folder is now %q, %v", content, err)
	}
}

func TestFindProgramsNamesWhatToInstall(t *testing.T) {
	t.Parallel()
	if _, err := findPrograms(t.Context(), "/nonexistent", 0); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("findPrograms(nowhere) = %v, want an error of our own words", err)
	}
	found, err := findPrograms(t.Context(), "", 0)
	if err != nil || found.major < oldest {
		t.Errorf("findPrograms = %+v, %v, want version %d or later", found, err, oldest)
	}
}
