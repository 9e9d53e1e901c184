package private

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// killedPortal is the data folder of a portal that was killed just now, and
// the number of its server's process.
func killedPortal(t *testing.T) (dir string, pid int) {
	t.Helper()
	dir = dataDir(t)
	portal := exec.Command(os.Args[0])
	portal.Env = append(os.Environ(), asPortal+"="+dir)
	out, err := portal.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := portal.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "ready %d", &pid); err != nil || scanErr != nil {
		t.Fatalf("the portal said %q, %v", line, err)
	}
	if err := portal.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = portal.Wait()
	return dir, pid
}

func TestKillingThePortalEndsItsServer(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		return // no parent-death signal: the next start ends the orphan
	}
	dir, pid := killedPortal(t)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		serves, _ := servesFolder(pid, filepath.Join(dir, "postgres"))
		if !serves {
			return
		}
		if time.Now().After(deadline) {
			_ = syscall.Kill(pid, syscall.SIGQUIT)
			t.Fatalf("process %d outlived its portal", pid)
		}
	}
}

func TestAStartRightAfterThePortalWasKilledWorks(t *testing.T) {
	t.Parallel()
	dir, pid := killedPortal(t)
	s := mustStart(t, options(dir))
	if now, _ := s.cluster.postmaster(); now == pid {
		t.Errorf("process %d outlived its portal", pid)
	}
	if n := run(t, s, `select 1`); n != 1 {
		t.Error("the server does not answer")
	}
}

func TestAnOrphanIsStoppedAndItsDataKept(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	orphaned := mustStart(t, options(dir))
	run(t, orphaned, `create table kept (n int)`, `insert into kept values (7)`)
	_ = orphaned.lock.Close() // as when its portal had ended without a signal
	s := mustStart(t, options(dir))
	select {
	case <-orphaned.child.done:
	default:
		t.Error("the orphan runs on")
	}
	if n := run(t, s, `select n from kept`); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
}

func TestANoteWithANumberThatAnotherProgramHasDoesNotStopTheStart(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	note := strings.Join(first.cluster.note()[1:], "\n")
	first.child.stop(syscall.SIGKILL)
	_ = first.lock.Close()
	other := exec.Command("sleep", "60")
	first.cluster.user.run(other)
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	})
	number := fmt.Sprint(other.Process.Pid)
	for path, content := range map[string]string{
		filepath.Join(first.cluster.dir, "postmaster.pid"): number + "\n" + note,
		first.cluster.socket() + ".lock":                   number + "\n" + note,
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := mustStart(t, options(dir))
	if n := run(t, s, `select 1`); n != 1 {
		t.Error("the server does not answer")
	}
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the other program was ended: %v", err)
	}
}

func TestAStartWaitsForAQueryThatOutlivesItsServer(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	conn, err := pgx.Connect(t.Context(), first.OwnerURL())
	if err != nil {
		t.Fatal(err)
	}
	busy := make(chan struct{})
	go func() {
		defer close(busy)
		// Waits for nothing, so it does not notice that its server ended.
		_, _ = conn.Exec(context.Background(), `do $$ declare ends timestamptz := clock_timestamp() + interval '2 seconds';
			begin while clock_timestamp() < ends loop end loop; end $$`)
		_ = conn.Close(context.Background())
	}()
	watch, err := pgx.Connect(t.Context(), first.SuperuserURL())
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Close(context.Background())
	for active := 0; active == 0; {
		if err := watch.QueryRow(t.Context(), `select count(*) from pg_stat_activity where state = 'active' and query like 'do %'`).Scan(&active); err != nil {
			t.Fatal(err)
		}
	}
	first.child.stop(syscall.SIGKILL)
	_ = first.lock.Close()
	s := mustStart(t, options(dir))
	if n := run(t, s, `select 1`); n != 1 {
		t.Error("the server does not answer")
	}
	<-busy
}
