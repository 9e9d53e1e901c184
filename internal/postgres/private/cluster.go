package private

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is the folder of a Postgres cluster, its socket's folder, and who
// its server runs as.
type cluster struct {
	dir       string
	socketDir string
	user      user
	programs  programs
	settings  []string
}

// newCluster finds the folders, the server's user and the programs that fit
// the cluster's version.
func newCluster(ctx context.Context, o Options) (cluster, error) {
	dir, u, err := place(o)
	if err != nil {
		return cluster{}, err
	}
	c := cluster{dir: dir, user: u, settings: o.Settings}
	made, err := c.madeBy()
	if err != nil {
		return cluster{}, err
	}
	if c.programs, err = findPrograms(ctx, o.BinDir, made); err != nil {
		return cluster{}, err
	}
	if made != 0 && made != c.programs.major {
		return cluster{}, fmt.Errorf("the data in %s was made by PostgreSQL %d, and the programs found are PostgreSQL %d: set PORTAL_PG_BIN to the folder of PostgreSQL %d's programs, or set PORTAL_DATA_DIR to a new folder and restore a backup into it",
			dir, made, c.programs.major, made)
	}
	sum := sha256.Sum256([]byte(dir))
	c.socketDir, err = u.socketFolder(fmt.Sprintf("%x", sum[:6]))
	return c, err
}

// madeBy is the major version that made the cluster; 0 when there is none yet.
func (c cluster) madeBy() (int, error) {
	version, err := os.ReadFile(filepath.Join(c.dir, "PG_VERSION"))
	if err == nil {
		major, _, _ := strings.Cut(strings.TrimSpace(string(version)), ".")
		number, err := strconv.Atoi(major)
		if err != nil {
			return 0, fmt.Errorf("%s names no version of Postgres: restore a backup into a new folder and set PORTAL_DATA_DIR to it", filepath.Join(c.dir, "PG_VERSION"))
		}
		return number, nil
	}
	filled, err := isFilled(c.dir)
	if err != nil {
		return 0, err
	}
	if filled {
		return 0, fmt.Errorf("%s is not empty and holds no Postgres cluster: move what is in it, or set PORTAL_DATA_DIR to another folder", c.dir)
	}
	return 0, nil
}

// prepare makes the cluster if there is none: in a folder beside it that is
// renamed when complete, so that an interruption leaves no half of one.
func (c cluster) prepare(ctx context.Context) error {
	if made, err := c.madeBy(); err != nil || made != 0 {
		return err
	}
	c.removeUnfinished()
	fresh, err := os.MkdirTemp(filepath.Dir(c.dir), filepath.Base(c.dir)+unfinished)
	if err != nil {
		return fmt.Errorf("making a folder for the cluster: %w", err)
	}
	defer os.RemoveAll(fresh) // is gone after the rename
	if err := c.user.own(fresh); err != nil {
		return err
	}
	if err := c.initialise(ctx, fresh); err != nil {
		return err
	}
	if err := os.Remove(c.dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("making the Postgres cluster: %w", err)
	}
	if err := os.Rename(fresh, c.dir); err != nil {
		return fmt.Errorf("making the Postgres cluster: %w", err)
	}
	return syncFolder(filepath.Dir(c.dir))
}

// unfinished stands between a cluster's name and a random part in the names of
// the folders that a first start fills.
const unfinished = ".new-"

// removeUnfinished removes what first starts that were killed have left: a
// complete cluster has another name. The caller holds the data folder's lock.
func (c cluster) removeUnfinished() {
	left, _ := filepath.Glob(c.dir + unfinished + "*")
	for _, folder := range left {
		_ = os.RemoveAll(folder) // in the way of nothing if it stays
	}
}

func (c cluster) initialise(ctx context.Context, folder string) error {
	cmd := exec.CommandContext(ctx, c.programs.initdb, "--pgdata="+folder, "--username="+superuser,
		"--encoding=UTF8", "--locale="+locale(), "--auth=trust", "--no-instructions")
	cmd.Dir = folder
	cmd.Env = environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithParent(cmd.SysProcAttr)
	c.user.run(cmd)
	// The parent-death signal comes when the starting thread ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("making the Postgres cluster: %w\n%s", err, out)
	}
	return nil
}

// syncFolder makes a rename in the folder outlast a loss of power.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keeping the Postgres cluster: %w", err)
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil {
		return fmt.Errorf("keeping the Postgres cluster: %w", err)
	}
	return nil
}

// locale knows the case of every letter where the system has such a locale.
func locale() string {
	if runtime.GOOS == "linux" {
		return "C.UTF-8"
	}
	return "C"
}

// environment leaves out every PG variable that could lead elsewhere.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=" + locale(), "TZ=UTC"}
}

// url connects as a role through the socket.
func (c cluster) url(role, database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(role),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {c.socketDir}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// errHeld is a start that failed because something of an earlier server, such
// as a query that had not noticed its end, still holds the cluster.
var errHeld = errors.New("an earlier server still holds the cluster")

// run starts the server and waits until it answers; while an earlier one holds
// the cluster, it tries again.
func (c cluster) run(ctx context.Context) (*child, error) {
	deadline := time.Now().Add(orphanTime)
	for {
		running, err := c.launch()
		if err != nil {
			return nil, err
		}
		err = c.wait(ctx, running)
		if err == nil {
			return running, nil
		}
		running.stop(syscall.SIGQUIT)
		if !errors.Is(err, errHeld) || time.Now().After(deadline) || !pause(ctx) {
			return nil, err
		}
	}
}

// wait asks until the server answers, or its program has ended.
func (c cluster) wait(ctx context.Context, running *child) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.url(superuser, "postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-running.done:
			return c.whyEnded()
		default:
		}
		if !pause(ctx) {
			return fmt.Errorf("the private Postgres does not answer: %w\n%s", ctx.Err(), c.logTail())
		}
	}
}

// whyEnded reads in the log why the server ended while it started.
func (c cluster) whyEnded() error {
	said := c.logTail()
	if strings.Contains(said, "pre-existing shared memory block") || strings.Contains(said, "postmaster.pid\" already exists") {
		return fmt.Errorf("the private Postgres did not start: %w: end the process that it names\n%s", errHeld, said)
	}
	return fmt.Errorf("the private Postgres ended while it started:\n%s", said)
}

func (c cluster) logPath() string { return filepath.Join(c.dir, "server.log") }

// logTail is the end of what the server said.
func (c cluster) logTail() string {
	const most = 2000
	content, err := os.ReadFile(c.logPath())
	if err != nil {
		return ""
	}
	return string(content[max(0, len(content)-most):])
}
