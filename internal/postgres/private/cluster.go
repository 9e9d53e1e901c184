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

// newCluster chooses the folders: the cluster stands in the data folder unless
// the server's user cannot get there.
func newCluster(ctx context.Context, o Options) (cluster, error) {
	u, err := serverUser()
	if err != nil {
		return cluster{}, err
	}
	if err := os.MkdirAll(o.DataDir, 0o755); err != nil {
		return cluster{}, fmt.Errorf("the data folder cannot be made: %w: set PORTAL_DATA_DIR to a folder that can be written", err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(o.DataDir)))[:12]
	dir := filepath.Join(o.DataDir, "postgres")
	if blocked := u.blockedAt(o.DataDir); blocked != "" {
		dir = filepath.Join("/var/lib/ahp-portal", sum)
		o.Log.Warn("Postgres runs as another user, who may not enter the data folder's parent: its cluster is elsewhere",
			"user", u.name, "blocked_at", blocked, "cluster", dir)
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return cluster{}, fmt.Errorf("the folder for the cluster cannot be made: %w: set PORTAL_DATA_DIR to a folder that user %s may enter", err, u.name)
		}
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
	c.socketDir, err = u.socketFolder(sum)
	return c, err
}

// madeBy is the major version that made the cluster; 0 when there is none yet.
func (c cluster) madeBy() (int, error) {
	version, err := os.ReadFile(filepath.Join(c.dir, "PG_VERSION"))
	if err == nil {
		major, _, _ := strings.Cut(strings.TrimSpace(string(version)), ".")
		return strconv.Atoi(major)
	}
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("looking into %s: %w", c.dir, err)
	}
	if len(entries) > 0 {
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
	fresh, err := os.MkdirTemp(filepath.Dir(c.dir), "postgres.new-")
	if err != nil {
		return fmt.Errorf("making a folder for the cluster: %w", err)
	}
	defer os.RemoveAll(fresh) // is gone after the rename
	if err := c.user.own(fresh); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, c.programs.initdb, "--pgdata="+fresh, "--username="+superuser,
		"--encoding=UTF8", "--locale="+locale(), "--auth=trust", "--no-instructions")
	cmd.Dir = fresh
	cmd.Env = environment()
	c.user.run(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("making the Postgres cluster: %w\n%s", err, out)
	}
	if err := os.Remove(c.dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("making the Postgres cluster: %w", err)
	}
	if err := os.Rename(fresh, c.dir); err != nil {
		return fmt.Errorf("making the Postgres cluster: %w", err)
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
		case <-ctx.Done():
			return fmt.Errorf("the private Postgres does not answer: %w\n%s", ctx.Err(), c.logTail())
		case <-running.ended():
			return fmt.Errorf("the private Postgres ended while it started:\n%s", c.logTail())
		case <-time.After(20 * time.Millisecond):
		}
	}
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
