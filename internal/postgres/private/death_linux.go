package private

import "syscall"

// endWithParent has the kernel stop the server, as a fast shutdown, when the
// portal ends without doing so, by kill -9 for example.
func endWithParent(attributes *syscall.SysProcAttr) {
	attributes.Pdeathsig = syscall.SIGINT
}
