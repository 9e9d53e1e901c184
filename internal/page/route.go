// Package page is how every page of the portal answers: handlers that return
// errors, buffered rendering, form keys, and the one error page.
package page

import (
	"net/http"
	"slices"

	"ahpfaculty/internal/staff"
)

// DefaultMaxBody is the most bytes of a request's body where a route does not
// say otherwise.
const DefaultMaxBody = 64 << 10

// Handler answers a request or returns an error that Server turns into a page.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one row of the table of routes: the only place that says which
// method and path exist, who may use them, and how large a body may be.
type Route struct {
	Method  string // GET also answers HEAD
	Path    string // chi's pattern
	Who     Access
	MaxBody int64 // bytes; 0 is DefaultMaxBody; where a form has a file, of that file
	// File is the name of the field of a form that takes a file, which is read
	// once it is known who sends it; "" for a form without one. Staff alone send
	// files.
	File   string
	Handle Handler
}

// audience is the part of the portal that a route belongs to.
type audience string

const (
	everybody audience = "public"
	returner  audience = "returner"
	arriving  audience = "arriving"
	signedOut audience = "signed-out"
	halfWay   audience = "second-step"
	leaving   audience = "leaving"
	signedIn  audience = "signed-in"
)

// Access says who may use a route.
type Access struct {
	audience audience
	roles    []staff.Role
	fresh    bool
}

// The kinds of access that need no role.
var (
	// Public is for everybody; no session, no cookie.
	Public = Access{audience: everybody}
	// Returner is for anybody, with the form's session.
	Returner = Access{audience: returner}
	// Arriving is for anybody, with the form's session, by a form on a public
	// page.
	Arriving = Access{audience: arriving}
	// SignedOut is for anybody, with the staff area's session: the way in.
	SignedOut = Access{audience: signedOut}
	// SecondStep is for staff who have proved their password and whose second
	// factor is missing. Who is signed in is sent on.
	SecondStep = Access{audience: halfWay}
	// Leaving is for staff who have proved their password, with or without their
	// second factor: the way out.
	Leaving = Access{audience: leaving}
)

// Roles is for staff who are signed in with one of the roles.
func Roles(roles ...staff.Role) Access {
	return Access{audience: signedIn, roles: roles}
}

// Can is for staff whose role carries the permission.
func Can(p staff.Permission) Access {
	var roles []staff.Role
	for _, role := range staff.Roles() {
		if role.May(p) {
			roles = append(roles, role)
		}
	}
	return Roles(roles...)
}

// Fresh is the same access for those alone who have proved both factors a short
// while ago; others are asked to.
func (a Access) Fresh() Access {
	a.fresh = true
	return a
}

// NeedsStaff reports whether somebody must be signed in, with both factors.
func (a Access) NeedsStaff() bool { return a.audience == signedIn }

// NeedsPassword reports whether somebody must have begun to sign in at least.
func (a Access) NeedsPassword() bool {
	return a.audience == signedIn || a.audience == halfWay || a.audience == leaving
}

// IsSecondStep reports whether the route is for those alone whose second factor
// is missing.
func (a Access) IsSecondStep() bool { return a.audience == halfWay }

// NeedsFresh reports whether both factors must have been proved a short while ago.
func (a Access) NeedsFresh() bool { return a.fresh }

// UsesFormSession reports whether the route has the form's session.
func (a Access) UsesFormSession() bool { return a.audience == returner || a.audience == arriving }

// UsesPublicKeys reports whether a form that is sent to the route stands on a
// page without a session.
func (a Access) UsesPublicKeys() bool { return a.audience == everybody || a.audience == arriving }

// UsesStaffSession reports whether the route has the staff area's session.
func (a Access) UsesStaffSession() bool {
	return a.audience == signedOut || a.NeedsPassword()
}

// Allows reports whether a signed-in role may use the route.
func (a Access) Allows(role staff.Role) bool {
	return a.audience != signedIn || slices.Contains(a.roles, role)
}

// String names who may use the route, for the printed table.
func (a Access) String() string {
	if a.audience != signedIn {
		return string(a.audience)
	}
	text := ""
	for i, role := range a.roles {
		if i > 0 {
			text += ", "
		}
		text += string(role)
	}
	if a.fresh {
		text += " (fresh)"
	}
	return text
}
