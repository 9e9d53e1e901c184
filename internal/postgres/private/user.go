package private

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	osuser "os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// user is who the server runs as: Postgres refuses to run as root.
type user struct {
	name     string
	uid, gid int
	switched bool // another user than the portal's own
}

// serverUser is the portal's own user. For root it is the owner of the
// cluster, or where there is none an unprivileged user of the system.
func serverUser(cluster string) (user, error) {
	if os.Geteuid() != 0 {
		return user{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	if u, ok := ownerOf(cluster); ok {
		return u, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := osuser.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(found.Uid)
		gid, gidErr := strconv.Atoi(found.Gid)
		if uidErr == nil && gidErr == nil {
			return user{name: name, uid: uid, gid: gid, switched: true}, nil
		}
	}
	return user{}, errors.New("as root the portal runs Postgres as the user postgres or nobody, and neither exists: start the portal as another user, or make one with useradd --system postgres")
}

// ownerOf is who owns a folder, if that is not root.
func ownerOf(dir string) (user, bool) {
	info, err := os.Stat(dir)
	if err != nil {
		return user{}, false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || owner.Uid == 0 {
		return user{}, false
	}
	u := user{name: strconv.Itoa(int(owner.Uid)), uid: int(owner.Uid), gid: int(owner.Gid), switched: true}
	if found, err := osuser.LookupId(u.name); err == nil {
		u.name = found.Username
	}
	return u, true
}

// run makes a command the user's.
func (u user) run(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	if u.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(u.uid), Gid: uint32(u.gid)}
	}
}

// own gives the user a file or an empty folder.
func (u user) own(path string) error {
	if !u.switched {
		return nil
	}
	if err := os.Chown(path, u.uid, u.gid); err != nil {
		return fmt.Errorf("giving %s to user %s: %w", path, u.name, err)
	}
	return nil
}

// blockedAt is the first folder on the way to dir, dir included, that the user
// may not enter; "" when the way is free.
func (u user) blockedAt(dir string) string {
	if !u.switched {
		return ""
	}
	blocked := ""
	for path := dir; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err != nil || !u.mayEnter(info) {
			blocked = path
		}
		if path == filepath.Dir(path) {
			return blocked
		}
	}
}

func (u user) mayEnter(info os.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case !ok:
		return false
	case int(owner.Uid) == u.uid:
		return mode&0o100 != 0
	case int(owner.Gid) == u.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// socketFolder is a short folder for the socket that only the user may enter:
// a socket's path has at most 107 characters on Linux, 103 on macOS.
func (u user) socketFolder(sum string) (string, error) {
	const longest = 103 - len("/.s.PGSQL.5432")
	base := os.TempDir()
	dir := filepath.Join(base, fmt.Sprintf("portal-%d-%s", u.uid, sum))
	if len(dir) > longest || u.blockedAt(base) != "" {
		dir = filepath.Join("/tmp", filepath.Base(dir))
	}
	if err := os.Mkdir(dir, 0o700); err == nil {
		return dir, u.own(dir)
	} else if !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("making a folder for the socket: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", fmt.Errorf("looking at the socket's folder: %w", err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(owner.Uid) != u.uid || info.Mode().Perm() != 0o700 {
		return "", fmt.Errorf("%s is there already and is not a folder that only the user of Postgres may enter: remove it", dir)
	}
	return dir, nil
}
