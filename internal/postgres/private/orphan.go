package private

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// orphanTime is how long an orphan may take to stop after each signal, and
// what it leaves to let go of the cluster.
const orphanTime = 20 * time.Second

// endOrphan stops a server that an earlier portal left running. Whoever calls
// it holds the data folder's lock, so no portal that lives uses that server.
func (c cluster) endOrphan(ctx context.Context) error {
	pid, ok := c.postmaster()
	if !ok {
		return c.removeStale()
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		_ = syscall.Kill(pid, signal) // it may have ended by now
		for deadline := time.Now().Add(orphanTime); time.Now().Before(deadline); {
			if _, alive := c.postmaster(); !alive {
				return c.removeStale()
			}
			if !pause(ctx) {
				return ctx.Err()
			}
		}
	}
	return fmt.Errorf("a Postgres of an earlier start, process %d, does not stop: end it by hand and start again", pid)
}

// postmaster is the process that serves this very cluster, if one does.
func (c cluster) postmaster() (pid int, alive bool) {
	pid = c.notedProcess()
	if pid == 0 {
		return 0, false
	}
	serves, _ := servesFolder(pid, c.dir)
	return pid, serves
}

// removeStale removes the note of a server that has ended where its number is
// another program's by now, as after the machine started again: Postgres would
// believe the note. While that is not certain, Postgres is left to judge.
func (c cluster) removeStale() error {
	pid := c.notedProcess()
	if pid == 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return nil
	}
	if serves, certain := servesFolder(pid, c.dir); serves || !certain {
		return nil
	}
	for _, path := range []string{filepath.Join(c.dir, "postmaster.pid"), c.socket() + ".lock"} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing the note of a server that has ended: %w", err)
		}
	}
	return nil
}

// note is what the running server, or the last one, wrote about itself: its
// number, folder, start, port and the socket's folder, a line each.
func (c cluster) note() []string {
	content, err := os.ReadFile(filepath.Join(c.dir, "postmaster.pid"))
	if err != nil {
		return nil
	}
	return strings.Split(string(content), "\n")
}

// notedProcess is the number of the last server's process; 0 when it ended
// well, or the note is about another folder.
func (c cluster) notedProcess() int {
	lines := c.note()
	if len(lines) < 2 || filepath.Clean(lines[1]) != c.dir {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 1 {
		return 0
	}
	return pid
}

// servedSocket is the folder of the running server's socket; "" when none runs.
func (c cluster) servedSocket() string {
	if _, alive := c.postmaster(); !alive {
		return ""
	}
	const socketLine = 4
	lines := c.note()
	if len(lines) <= socketLine {
		return ""
	}
	return strings.TrimSpace(lines[socketLine])
}
