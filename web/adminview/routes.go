// Package adminview is the pages of the staff area.
package adminview

import (
	"net/url"
	"strconv"
)

// HomeURL is the staff area's first page.
func HomeURL() string { return "/admin" }

// SignInURL is where staff sign in.
func SignInURL() string { return "/admin/sign-in" }

// SignOutURL ends the session, by POST.
func SignOutURL() string { return "/admin/sign-out" }

// ForgotURL is where a person asks for a link to set a new password.
func ForgotURL() string { return "/admin/forgot" }

// LinkURL is where a one-time link leads.
func LinkURL(token string) string { return "/admin/link/" + url.PathEscape(token) }

// AccountURL is one's own details.
func AccountURL() string { return "/admin/account" }

// AccountPasswordURL changes one's own password, by POST.
func AccountPasswordURL() string { return "/admin/account/password" }

// AccountSessionsURL ends all one's own sessions, by POST.
func AccountSessionsURL() string { return "/admin/account/end-sessions" }

// ExpressionsURL is the list of expressions of interest.
func ExpressionsURL() string { return "/admin/expressions" }

// SearchURL searches the list, by POST, so that what is searched for stays out
// of addresses.
func SearchURL() string { return "/admin/expressions/search" }

// ExpressionURL is one expression of interest.
func ExpressionURL(reference string) string {
	return ExpressionsURL() + "/" + url.PathEscape(reference)
}

// MoveURL moves an expression to another stage, by POST.
func MoveURL(reference string) string { return ExpressionURL(reference) + "/move" }

// NoteURL adds a note to an expression, by POST.
func NoteURL(reference string) string { return ExpressionURL(reference) + "/note" }

// StaffURL is the list of staff, and where one is added.
func StaffURL() string { return "/admin/staff" }

// StaffLinkURL makes a new one-time link for somebody, by POST.
func StaffLinkURL(id string) string { return StaffURL() + "/" + url.PathEscape(id) + "/link" }

// StaffRoleURL changes what somebody may do, by POST.
func StaffRoleURL(id string) string { return StaffURL() + "/" + url.PathEscape(id) + "/role" }

// StaffDisableURL keeps somebody from signing in, by POST.
func StaffDisableURL(id string) string { return StaffURL() + "/" + url.PathEscape(id) + "/disable" }

// StaffEnableURL lets somebody sign in again, by POST.
func StaffEnableURL(id string) string { return StaffURL() + "/" + url.PathEscape(id) + "/enable" }

// AuditURL is the record of who did what, from below a row; 0 is the newest.
func AuditURL(before int64) string {
	if before == 0 {
		return "/admin/audit"
	}
	return "/admin/audit?before=" + strconv.FormatInt(before, 10)
}
