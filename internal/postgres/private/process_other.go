//go:build !linux

package private

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// endWithParent does nothing where the kernel has no parent-death signal: the
// next start stops the orphan.
func endWithParent(*syscall.SysProcAttr) {}

// servesFolder reports whether a process is the Postgres of a cluster's folder,
// and whether that is certain: a Postgres that was started by hand need not
// name its folder.
func servesFolder(pid int, dir string) (serves, certain bool) {
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	line := strings.TrimSpace(string(out))
	if err != nil || !strings.Contains(line, "postgres") {
		return false, true
	}
	serves = strings.Contains(line+" ", " -D "+dir+" ")
	return serves, serves
}

// memory is 0: how much the machine has is not known.
func memory() uint64 { return 0 }
