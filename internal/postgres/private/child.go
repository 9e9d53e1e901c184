package private

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// child is the server's program while it runs.
type child struct {
	process *os.Process
	done    chan struct{} // closed when it has ended
}

// suited are settings that suit the portal better than Postgres's own, which are
// for a small machine with a slow disk.
var suited = []string{
	"random_page_cost=1.1", // what is read is in memory or on a disk without heads: an index is worth it
	"jit=off",              // compiling a plan takes longer than any query of ours
	"max_wal_size=2GB",     // an import or a demonstration writes much at once
	"wal_compression=on",   // and mostly whole pages
	"wal_level=minimal",    // nobody replicates it: what a transaction fills anew need not be logged
	"max_wal_senders=0",
}

// buffers is how much memory the server keeps of its tables, in MB: an eighth of
// the machine's, taken as it is needed. The queue's indexes are to stay in it.
func buffers(memory uint64) uint64 {
	return min(max(memory/8>>20, 256), 4096)
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
		"-c", "unix_socket_permissions=0700", "-c", "max_connections=60", "-c", "timezone=UTC", "-c", "log_timezone=UTC",
		// An error's detail quotes the row, which may be about a person; the
		// portal logs its errors itself.
		"-c", "log_min_messages=log",
		"-c", fmt.Sprintf("shared_buffers=%dMB", buffers(memory()))}
	for _, setting := range suited {
		args = append(args, "-c", setting)
	}
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

// stop asks the program to end with a signal and waits until it has.
func (r *child) stop(signal syscall.Signal) {
	_ = r.process.Signal(signal) // it may have ended already
	<-r.done
}

// socket is where the server listens.
func (c cluster) socket() string { return filepath.Join(c.socketDir, ".s.PGSQL.5432") }

// removeSocketFolder tidies up after a server that has ended; a folder with
// anything in it stays.
func (c cluster) removeSocketFolder() { _ = os.Remove(c.socketDir) }
