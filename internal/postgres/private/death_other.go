//go:build !linux

package private

import "syscall"

// endWithParent does nothing where the kernel has no parent-death signal: the
// next start stops the orphan.
func endWithParent(*syscall.SysProcAttr) {}
