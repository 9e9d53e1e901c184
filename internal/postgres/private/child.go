package private

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is the server's program while it runs.
type child struct {
	process *os.Process
	done    chan struct{} // closed when it has ended
}

// launch starts the server in a process group of its own, so that Ctrl-C
// reaches the portal alone, which then stops the server after its requests.
func (c cluster) launch() (*child, error) {
	log, err := os.OpenFile(c.logPath(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the server's log: %w", err)
	}
	defer log.Close()
	if err := c.user.own(c.logPath()); err != nil {
		return nil, err
	}
	args := []string{"-D", c.dir, "-c", "listen_addresses=", "-c", "unix_socket_directories=" + c.socketDir,
		"-c", "unix_socket_permissions=0700", "-c", "max_connections=60", "-c", "timezone=UTC", "-c", "log_timezone=UTC"}
	for _, setting := range c.settings {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(c.programs.postgres, args...)
	cmd.Dir = c.dir
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithParent(cmd.SysProcAttr)
	c.user.run(cmd)
	return start(cmd)
}

// start runs the command on an operating system thread that lives as long as
// the command does: the parent-death signal is sent when the thread that
// started the child ends, not when the process does.
func start(cmd *exec.Cmd) (*child, error) {
	started := make(chan error)
	running := &child{done: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		running.process = cmd.Process
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait() // how it ended stands in its log
		close(running.done)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting Postgres: %w", err)
	}
	return running, nil
}

// ended is closed when the program has ended; a nil child, which belongs to
// another portal, never does.
func (r *child) ended() <-chan struct{} {
	if r == nil {
		return nil
	}
	return r.done
}

// stop asks the program to end with a signal and waits until it has.
func (r *child) stop(signal syscall.Signal) {
	_ = r.process.Signal(signal) // it may have ended already
	<-r.done
}

// orphanTime is how long an orphan may take to stop after each signal.
const orphanTime = 20 * time.Second

// endOrphan stops a server that an earlier portal left running. Whoever calls
// it holds the data folder's lock, so no portal that lives uses that server.
func (c cluster) endOrphan(ctx context.Context) error {
	pid, ok := c.postmaster()
	if !ok {
		return nil
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(pid, signal); errors.Is(err, syscall.ESRCH) {
			return nil
		}
		deadline := time.Now().Add(orphanTime)
		for time.Now().Before(deadline) {
			if _, alive := c.postmaster(); !alive {
				return nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	return fmt.Errorf("a Postgres of an earlier start, process %d, does not stop: end it by hand and start again", pid)
}

// postmaster is the process that serves this very cluster, if one does.
func (c cluster) postmaster() (pid int, alive bool) {
	content, err := os.ReadFile(filepath.Join(c.dir, "postmaster.pid"))
	if err != nil {
		return 0, false
	}
	lines := strings.Split(string(content), "\n")
	pid, err = strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 1 || len(lines) < 2 || !samePath(lines[1], c.dir) {
		return 0, false
	}
	// The number may be another program's by now.
	return pid, bytes.Contains(commandLine(pid), []byte(c.dir))
}

func samePath(a, b string) bool {
	return filepath.Clean(a) == filepath.Clean(b)
}

// commandLine is how a process was started; nil when it does not live.
func commandLine(pid int) []byte {
	if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return line
	}
	line, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil
	}
	return line
}
