package private

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// endWithParent has the kernel stop the server, as a fast shutdown, when the
// portal ends without doing so, by kill -9 for example.
func endWithParent(attributes *syscall.SysProcAttr) {
	attributes.Pdeathsig = syscall.SIGINT
}

// servesFolder reports whether a process is the Postgres of a cluster's folder,
// and whether that is certain. Postgres works in the folder that it serves; a
// process that has ended works in none.
func servesFolder(pid int, dir string) (serves, certain bool) {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil || !bytes.HasPrefix(name, []byte("postgres")) {
		return false, true
	}
	folder, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return err == nil && folder == dir, !errors.Is(err, os.ErrPermission)
}

// memory is how many bytes of memory the machine has, 0 where that is not known.
func memory() uint64 {
	var info syscall.Sysinfo_t
	if err := syscall.Sysinfo(&info); err != nil {
		return 0
	}
	return uint64(info.Totalram) * uint64(info.Unit)
}
