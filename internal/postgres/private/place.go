package private

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
)

// stateFolder is the system's, for clusters whose server's user cannot reach
// the data folder.
const stateFolder = "/var/lib/ahp-portal"

// pointer is a file in the data folder that names a cluster elsewhere, so that
// a data folder that is moved aside takes its cluster with it.
const pointer = "postgres.elsewhere"

// clusterFolder is where the data folder's cluster stands, or would be made.
func clusterFolder(dataDir string) (string, error) {
	content, err := os.ReadFile(filepath.Join(dataDir, pointer))
	if errors.Is(err, fs.ErrNotExist) {
		return filepath.Join(dataDir, "postgres"), nil
	}
	if err != nil {
		return "", fmt.Errorf("finding the Postgres cluster: %w", err)
	}
	return strings.TrimSpace(string(content)), nil
}

// place chooses the cluster's folder and who its server runs as. A cluster
// that is there stays where it is and its owner's: no start makes an empty one
// in its stead. A new one stands in the data folder unless the server's user
// cannot get there.
func place(o Options) (string, user, error) {
	dir, err := clusterFolder(o.DataDir)
	if err != nil {
		return "", user{}, err
	}
	u, err := serverUser(dir)
	if err != nil {
		return "", user{}, err
	}
	filled, err := isFilled(dir)
	if err != nil {
		return "", user{}, err
	}
	elsewhere := dir != filepath.Join(o.DataDir, "postgres")
	if blocked := u.blockedAt(filepath.Dir(dir)); blocked != "" {
		if filled || elsewhere {
			return "", user{}, fmt.Errorf("user %s, as whom Postgres runs, may not enter %s on the way to the cluster %s: let others pass with chmod o+x %s", u.name, blocked, dir, blocked)
		}
		if dir, err = placeElsewhere(o.DataDir, u); err != nil {
			return "", user{}, err
		}
		elsewhere = true
	}
	if elsewhere {
		o.Log.Warn("the Postgres cluster is not in the data folder, which the user it runs as may not enter",
			"user", u.name, "data", o.DataDir, "cluster", dir)
	}
	return dir, u, nil
}

// placeElsewhere names a new folder of the system's and notes it in the data
// folder, before anything is in it: what was made can always be found again.
func placeElsewhere(dataDir string, u user) (string, error) {
	if err := os.MkdirAll(stateFolder, 0o755); err != nil {
		return "", fmt.Errorf("the folder for the cluster cannot be made: %w: set PORTAL_DATA_DIR to a folder that user %s may enter", err, u.name)
	}
	dir := filepath.Join(stateFolder, uuid.NewString())
	if err := os.WriteFile(filepath.Join(dataDir, pointer), []byte(dir+"\n"), 0o644); err != nil {
		return "", fmt.Errorf("noting where the cluster is: %w", err)
	}
	return dir, nil
}

// isFilled reports whether there is anything in a folder.
func isFilled(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case errors.Is(err, fs.ErrPermission):
		return false, fmt.Errorf("the Postgres cluster %s belongs to another user: start the portal as that user or as root, or set PORTAL_DATA_DIR to another folder", dir)
	case err != nil:
		return false, fmt.Errorf("looking into %s: %w", dir, err)
	}
	return len(entries) > 0, nil
}
