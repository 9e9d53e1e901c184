package applyview

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/layout"
)

// LeavePage is the way out on a device that others use.
type LeavePage struct {
	Frame     layout.Frame
	FormKey   string
	KeptUntil updating.Date // the draft's last day
}

const (
	leaveTitle = "Save and leave this device"
	leftTitle  = "You have left this device"
)

func (p LeavePage) frame() layout.Frame { return backTo(p.Frame, leaveTitle, TasksURL()) }
