// Package private runs a Postgres of the portal's own: one cluster in the data
// folder, reachable through a socket that only its users can open.
package private

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Names of the private server's roles and database.
const (
	superuser    = "postgres"
	ownerRole    = "portal_owner"
	servingRole  = "portal"
	databaseName = "portal"
)

// startTime is how long a server may take to answer; recovery after a crash of
// a large database takes longest.
const startTime = 60 * time.Second

// Options say where and how the private server runs.
type Options struct {
	DataDir   string // the portal's data folder
	BinDir    string // folder of the server programs; "" is found
	Log       *slog.Logger
	Exclusive bool     // refuse when another portal uses the data folder; else share its server
	Settings  []string // more settings of the server, name=value; for tests
}

// Server is a private server that runs.
type Server struct {
	cluster cluster
	child   *child   // nil when it is another portal's server
	lock    *os.File // held while this portal lives; nil when shared
}

// Start makes the cluster if there is none, ends an orphan of an earlier
// portal, starts the server and waits until it answers. Every error says what
// to do. It never deletes a data folder.
func Start(ctx context.Context, o Options) (*Server, error) {
	dataDir, err := makeFolder(o.DataDir)
	if err != nil {
		return nil, err
	}
	o.DataDir = dataDir
	deadline := time.Now().Add(startTime)
	for {
		lock, err := lockFolder(dataDir)
		if err == nil {
			return own(ctx, o, lock)
		}
		if !errors.Is(err, errInUse) {
			return nil, err
		}
		if o.Exclusive {
			return nil, fmt.Errorf("another portal is running on the data folder %s: stop it, or set PORTAL_DATA_DIR to another folder", dataDir)
		}
		if s, ok := share(ctx, dataDir); ok {
			return s, nil
		}
		// The other portal may be starting, or stopping: then the lock is free soon.
		if !pause(ctx) || time.Now().After(deadline) {
			return nil, fmt.Errorf("another portal holds the data folder %s, but its Postgres does not answer: stop that portal and try again", dataDir)
		}
	}
}

// own starts a server for the holder of the data folder's lock.
func own(ctx context.Context, o Options, lock *os.File) (*Server, error) {
	c, err := newCluster(ctx, o)
	if err == nil {
		s := &Server{cluster: c, lock: lock}
		if err = s.start(ctx); err == nil {
			return s, nil
		}
	}
	_ = lock.Close()
	return nil, err
}

func (s *Server) start(ctx context.Context) error {
	if err := s.cluster.prepare(ctx); err != nil {
		return err
	}
	if err := s.cluster.endOrphan(ctx); err != nil {
		return err
	}
	var err error
	if s.child, err = s.cluster.run(ctx); err != nil {
		return err
	}
	if err := s.cluster.makeRoles(ctx); err != nil {
		s.child.stop(syscall.SIGINT)
		return err
	}
	return nil
}

// share uses the server of the portal that holds the data folder, if it
// answers and has its roles and database by now.
func share(ctx context.Context, dataDir string) (*Server, bool) {
	dir, err := clusterFolder(dataDir)
	if err != nil {
		return nil, false
	}
	c := cluster{dir: dir}
	// Where the other portal's temporary folder is, this one cannot know.
	if c.socketDir = c.servedSocket(); c.socketDir == "" {
		return nil, false
	}
	for _, role := range []string{ownerRole, servingRole} {
		conn, err := pgx.Connect(ctx, c.url(role, databaseName))
		if err != nil {
			return nil, false
		}
		_ = conn.Close(ctx)
	}
	return &Server{cluster: c}, true
}

// pause waits a moment between two looks; false when the context ended.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(20 * time.Millisecond):
		return true
	}
}

// ServingURL connects as the role that serves and owns nothing.
func (s *Server) ServingURL() string { return s.cluster.url(servingRole, databaseName) }

// OwnerURL connects as the role that owns the schema.
func (s *Server) OwnerURL() string { return s.cluster.url(ownerRole, databaseName) }

// SuperuserURL connects as the superuser to the maintenance database; tests
// make their databases with it.
func (s *Server) SuperuserURL() string { return s.cluster.url(superuser, "postgres") }

// Crash ends the server at once and keeps the data folder, for a Restart.
func (s *Server) Crash() error {
	if s.child == nil {
		return errors.New("the private Postgres belongs to another portal, which alone can end it")
	}
	s.child.stop(syscall.SIGQUIT)
	return nil
}

// Restart crashes the server, if it runs, and starts it again.
func (s *Server) Restart(ctx context.Context) error {
	if err := s.Crash(); err != nil {
		return err
	}
	return s.start(ctx)
}

// Stop ends the server: connections are closed, what was committed is on disk.
// A server shared with another portal goes on.
func (s *Server) Stop(ctx context.Context) error {
	if s.child == nil {
		return nil
	}
	defer s.lock.Close()
	defer s.cluster.removeSocketFolder()
	done := make(chan struct{})
	go func() {
		s.child.stop(syscall.SIGINT)
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.child.stop(syscall.SIGQUIT)
		return fmt.Errorf("the private Postgres had to be stopped at once: %w", ctx.Err())
	}
}

var errInUse = errors.New("in use")

// makeFolder makes the data folder and gives its real path, whatever links led
// to it.
func makeFolder(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("the data folder cannot be made: %w: set PORTAL_DATA_DIR to a folder that can be written", err)
	}
	absolute, err := filepath.Abs(dir)
	if err == nil {
		absolute, err = filepath.EvalSymlinks(absolute)
	}
	if err != nil {
		return "", fmt.Errorf("the data folder cannot be found: %w: set PORTAL_DATA_DIR to another", err)
	}
	return absolute, nil
}

// lockFolder takes the data folder's lock, which the kernel gives back when
// this process ends, however it ends.
func lockFolder(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "portal.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the data folder cannot be written: %w: start the portal as the user who made the folder, or set PORTAL_DATA_DIR to another", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errInUse
		}
		return nil, fmt.Errorf("locking the data folder: %w", err)
	}
	return file, nil
}

// makeRoles makes the two roles and the database once.
func (c cluster) makeRoles(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url(superuser, "postgres"))
	if err != nil {
		return fmt.Errorf("connecting to the private Postgres: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, step := range []struct{ exists, make string }{
		{`select exists (select from pg_roles where rolname = '` + ownerRole + `')`, `create role ` + ownerRole + ` login`},
		{`select exists (select from pg_roles where rolname = '` + servingRole + `')`, `create role ` + servingRole + ` login`},
		{`select exists (select from pg_database where datname = '` + databaseName + `')`, `create database ` + databaseName + ` owner ` + ownerRole},
	} {
		var exists bool
		if err := conn.QueryRow(ctx, step.exists).Scan(&exists); err != nil {
			return fmt.Errorf("looking at the private Postgres: %w", err)
		}
		if exists {
			continue
		}
		if _, err := conn.Exec(ctx, step.make); err != nil {
			return fmt.Errorf("preparing the private Postgres: %w", err)
		}
	}
	return nil
}
