// Package staff is who may work in the staff area: accounts and their roles,
// one-time links, passwords, limits on attempts, and sessions.
package staff

import "slices"

// Role is what a member of staff does here; it decides what they may see and do.
type Role string

// The roles, from the one that may do least to the one that may do most.
const (
	Viewer   Role = "viewer"
	Editor   Role = "editor"
	Reviewer Role = "reviewer"
	Lead     Role = "lead"
)

// Roles lists every role, from the one that may do least to the one that may
// do most.
func Roles() []Role { return []Role{Viewer, Editor, Reviewer, Lead} }

// Permission is one thing that a role may or may not do.
type Permission string

// The permissions, in the order of the table of roles.
const (
	SeeCounts     Permission = "see-counts"      // how many cases there are, small numbers hidden
	SeeCases      Permission = "see-cases"       // read expressions of interest and enquiries
	WorkCases     Permission = "work-cases"      // move, note, assign, ask; answer enquiries
	ExportOwn     Permission = "export-own"      // export and change in bulk what one's own filters match
	ExportAll     Permission = "export-all"      // export, change in bulk, import
	EraseCases    Permission = "erase-cases"     // erase, subject access pack, retention
	EditContent   Permission = "edit-content"    // edit and publish content, groups, strategy
	ManageStaff   Permission = "manage-staff"    // accounts, roles, sign-in settings
	ReadAudit     Permission = "read-audit"      // the record of who did what
	UseOwnAccount Permission = "use-own-account" // own details, password, sessions
)

// may is the table of roles: the only place that says what each may do.
var may = map[Role][]Permission{
	Viewer:   {SeeCounts, UseOwnAccount},
	Editor:   {SeeCounts, UseOwnAccount, EditContent},
	Reviewer: {SeeCounts, UseOwnAccount, SeeCases, WorkCases, ExportOwn},
	Lead: {SeeCounts, UseOwnAccount, SeeCases, WorkCases, ExportOwn, ExportAll,
		EraseCases, EditContent, ManageStaff, ReadAudit},
}

// May reports whether the role carries the permission; an unknown role
// carries none.
func (r Role) May(p Permission) bool { return slices.Contains(may[r], p) }

// Known reports whether r is one of the roles.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Name is the role as pages say it: "Reviewer".
func (r Role) Name() string {
	switch r {
	case Viewer:
		return "Viewer"
	case Editor:
		return "Editor"
	case Reviewer:
		return "Reviewer"
	case Lead:
		return "Faculty lead"
	default:
		return "No role"
	}
}

// Describe says in one sentence what the role may do.
func (r Role) Describe() string {
	switch r {
	case Viewer:
		return "Can see counts, with small numbers hidden."
	case Editor:
		return "Can see counts, and edit and publish pages, groups and strategy."
	case Reviewer:
		return "Can see, move and note expressions of interest, and answer enquiries."
	case Lead:
		return "Can do everything, including adding staff and reading the audit."
	default:
		return "Can do nothing."
	}
}
