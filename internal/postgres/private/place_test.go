package private

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestAUserWhoCannotReachTheDataFolderGetsAClusterElsewhere(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		return // only root runs the server as another user
	}
	closed := dataDir(t)
	mustChmod(t, closed, 0o700)
	dir := filepath.Join(closed, "data")
	first := mustStart(t, options(dir))
	t.Cleanup(func() { _ = os.RemoveAll(first.cluster.dir) })
	if strings.HasPrefix(first.cluster.dir, closed) {
		t.Fatalf("the cluster is in %s, where its user cannot go", first.cluster.dir)
	}
	run(t, first, `create table kept (n int)`, `insert into kept values (7)`)
	mustStop(t, first)

	mustChmod(t, closed, 0o711) // the way is free now, and the data where it was
	second := mustStart(t, options(dir))
	if n := run(t, second, `select n from kept`); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
	mustStop(t, second)

	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	fresh := mustStart(t, options(dir))
	if fresh.cluster.dir == first.cluster.dir {
		t.Error("a new data folder has the old one's cluster")
	}
}

func TestAClusterThatItsUserCannotReachAnyMoreIsNotReplaced(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		return // only root runs the server as another user
	}
	dir := dataDir(t)
	mustStop(t, mustStart(t, options(dir)))
	mustChmod(t, dir, 0o700)
	if _, err := Start(t.Context(), options(dir)); err == nil || !strings.Contains(err.Error(), "chmod o+x "+dir) {
		t.Errorf("Start(closed) = %v, want it to say how to open the folder", err)
	}
}

func TestRootRunsAClusterAsItsOwner(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		return // another user has no choice
	}
	dir := dataDir(t)
	first := mustStart(t, options(dir))
	run(t, first, `create table kept (n int)`, `insert into kept values (7)`)
	mustStop(t, first)
	const somebody = 54321 // as if the folder's owner had started the portal
	err := filepath.WalkDir(first.cluster.dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, somebody, somebody)
	})
	if err != nil {
		t.Fatal(err)
	}
	second := mustStart(t, options(dir))
	if n := run(t, second, `select n from kept`); n != 7 {
		t.Errorf("kept %d, want 7", n)
	}
	info, err := os.Stat(second.cluster.socket())
	if err != nil {
		t.Fatal(err)
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; owner != somebody {
		t.Errorf("the server runs as %d, want %d", owner, somebody)
	}
}

func mustChmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func mustStop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(t.Context()); err != nil {
		t.Fatalf("Stop = %v", err)
	}
}

func TestTheServerKeepsAnEighthOfTheMemory(t *testing.T) {
	t.Parallel()
	const gib = 1 << 30
	for memory, want := range map[uint64]uint64{0: 256, 1 * gib: 256, 4 * gib: 512, 16 * gib: 2048, 256 * gib: 4096} {
		if got := buffers(memory); got != want {
			t.Errorf("buffers(%d) = %d MB, want %d", memory, got, want)
		}
	}
}
