// Package adminview is the pages of the staff area.
package adminview

import (
	"net/url"
	"strconv"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
)

// HomeURL is the staff area's first page.
func HomeURL() string { return "/admin" }

// SignInURL is where staff sign in.
func SignInURL() string { return "/admin/sign-in" }

// SignInPasskeyURL signs in by a passkey alone, by POST.
func SignInPasskeyURL() string { return SignInURL() + "/passkey" }

// SecondStepPasskeyURL takes a passkey after the password, by POST.
func SecondStepPasskeyURL() string { return SecondStepURL() + "/passkey" }

// SetUpPasskeyURL takes a passkey as the first second factor, by POST.
func SetUpPasskeyURL() string { return SetUpURL() + "/passkey" }

// ConfirmPasskeyURL takes a passkey of somebody who is asked again, by POST.
func ConfirmPasskeyURL() string { return ConfirmURL() + "/passkey" }

// PasskeysURL is where a passkey is added to one's own account; a POST adds it.
func PasskeysURL() string { return AccountURL() + "/passkeys" }

// PasskeyURL is one of one's own passkeys.
func PasskeyURL(id string) string { return PasskeysURL() + "/" + url.PathEscape(id) }

// PasskeyNameURL gives a passkey another name, by POST.
func PasskeyNameURL(id string) string { return PasskeyURL(id) + "/name" }

// PasskeyRemoveURL removes a passkey, by POST.
func PasskeyRemoveURL(id string) string { return PasskeyURL(id) + "/remove" }

// SecondStepURL is where staff enter the code of their app, after their password.
func SecondStepURL() string { return "/admin/second-step" }

// RecoveryURL is where they enter a recovery code instead.
func RecoveryURL() string { return SecondStepURL() + "/recovery" }

// SetUpURL is where a second factor is set up at the first sign-in.
func SetUpURL() string { return "/admin/set-up" }

// ConfirmURL is where somebody who is signed in proves again who they are.
func ConfirmURL() string { return "/admin/confirm" }

// KeptURL gives back what was typed into a form that came too late.
func KeptURL() string { return "/admin/kept" }

// StayURL keeps a session from idling out.
func StayURL() string { return "/admin/stay" }

// SignOutURL ends the session, by POST.
func SignOutURL() string { return "/admin/sign-out" }

// ForgotURL is where a person asks for a link to set a new password.
func ForgotURL() string { return "/admin/forgot" }

// LinkURL is where a one-time link leads.
func LinkURL(token string) string { return "/admin/link/" + url.PathEscape(token) }

// AccountURL is one's own details.
func AccountURL() string { return "/admin/account" }

// AccountAppURL is where one's own app for codes is set up or replaced.
func AccountAppURL() string { return AccountURL() + "/app" }

// PictureURL is the QR code of the page that sets an app up.
func PictureURL(page string) string { return page + "/code.png" }

// RecoveryCodesURL makes new recovery codes for oneself.
func RecoveryCodesURL() string { return AccountURL() + "/recovery-codes" }

// AccountPasswordURL changes one's own password, by POST.
func AccountPasswordURL() string { return "/admin/account/password" }

// AccountSessionURL ends one of one's own sessions, by POST.
func AccountSessionURL(id string) string {
	return AccountURL() + "/sessions/" + url.PathEscape(id) + "/end"
}

// AccountSessionsURL ends all one's own sessions, by POST.
func AccountSessionsURL() string { return "/admin/account/end-sessions" }

// ExpressionsURL is the list of expressions of interest.
func ExpressionsURL() string { return "/admin/expressions" }

// SearchURL searches the list, by POST, so that what is searched for stays out
// of addresses.
func SearchURL() string { return "/admin/expressions/search" }

// TakeURL gives the oldest case that nobody has to whoever asks, by POST.
func TakeURL() string { return "/admin/expressions/take" }

// ViewsURL saves a filter under a name, by POST.
func ViewsURL() string { return "/admin/expressions/views" }

// ViewDeleteURL deletes a saved view, by POST.
func ViewDeleteURL(id string) string { return ViewsURL() + "/" + url.PathEscape(id) + "/delete" }

// ViewURL is the queue as a saved view has it.
func ViewURL(v interest.View) string {
	if v.Query == "" {
		return ExpressionsURL()
	}
	return ExpressionsURL() + "?" + v.Query
}

// ExpressionURL is one expression of interest.
func ExpressionURL(reference string) string {
	return ExpressionsURL() + "/" + url.PathEscape(reference)
}

// MoveURL moves an expression to another stage, by POST.
func MoveURL(reference string) string { return ExpressionURL(reference) + "/move" }

// AssignURL gives an expression to a member of staff, by POST.
func AssignURL(reference string) string { return ExpressionURL(reference) + "/assign" }

// CorrectURL is where an answer to a question of the form is corrected.
func CorrectURL(reference, step string) string {
	return ExpressionURL(reference) + "/correct/" + url.PathEscape(step)
}

// NoteURL adds a note to an expression, by POST.
func NoteURL(reference string) string { return ExpressionURL(reference) + "/note" }

// AskURL asks the returner of an expression for more information, by POST.
func AskURL(reference string) string { return ExpressionURL(reference) + "/ask" }

// TakeBackURL takes back what they were asked, by POST.
func TakeBackURL(reference string) string { return ExpressionURL(reference) + "/take-back" }

// HoldURL puts an expression on hold until a day, by POST.
func HoldURL(reference string) string { return ExpressionURL(reference) + "/hold" }

// ResumeURL lets an expression that is on hold go on, by POST.
func ResumeURL(reference string) string { return ExpressionURL(reference) + "/resume" }

// CopyGivenURL records that a returner has a copy of their data, by POST.
func CopyGivenURL(reference string) string { return ExpressionURL(reference) + "/copy-given" }

// RescueURL brings an expression that was set aside among the cases, by POST.
func RescueURL(reference string) string { return ExpressionURL(reference) + "/rescue" }

// DataURL is everything that is held about the person of an expression.
func DataURL(reference string) string { return ExpressionURL(reference) + "/data" }

// DataFileURL is the same as a file.
func DataFileURL(reference string) string { return DataURL(reference) + ".json" }

// EraseURL asks before an expression is erased; a POST erases it.
func EraseURL(reference string) string { return ExpressionURL(reference) + "/erase" }

// RetentionURL is how long everything is kept.
func RetentionURL() string { return "/admin/retention" }

// RetentionRuleURL is how long one kind of thing is kept; a POST sets it.
func RetentionRuleURL(kind string) string { return RetentionURL() + "/" + url.PathEscape(kind) }

// AddressURL records what was learnt about a returner's email address, by POST:
// EventBounced, EventReachable or EventReaddressed.
func AddressURL(reference string, kind interest.EventKind) string {
	return ExpressionURL(reference) + "/" + string(kind)
}

// RulesURL is the list of the regulators' figures and rules.
func RulesURL() string { return "/admin/rules" }

// RulesCheckURL records that one of them was checked today, by POST.
func RulesCheckURL() string { return RulesURL() + "/check" }

// FigureURL is one figure with its values; a POST sets another.
func FigureURL(slug string) string { return RulesURL() + "/figures/" + url.PathEscape(slug) }

// EnquiriesURL is the list of enquiries: those that are open.
func EnquiriesURL() string { return "/admin/enquiries" }

// EnquiryURL is one enquiry.
func EnquiryURL(reference string) string { return EnquiriesURL() + "/" + url.PathEscape(reference) }

// EnquiryChangeURL marks an enquiry as answered, opens it again or sets it
// aside, by POST.
func EnquiryChangeURL(reference string) string { return EnquiryURL(reference) + "/change" }

// EnquiryNoteURL adds a note to an enquiry, by POST.
func EnquiryNoteURL(reference string) string { return EnquiryURL(reference) + "/note" }

// AllStates is the filter for the enquiries that are open or answered.
const AllStates = "all"

// EnquiryFilter is what the list of enquiries is filtered by, as its address
// has it.
type EnquiryFilter struct {
	State string // an enquiry.State or AllStates; "" is open
	Kind  enquiry.Kind
	Page  int // from 1; 0 is 1
}

// FilteredEnquiriesURL is the list of enquiries with a filter.
func FilteredEnquiriesURL(f EnquiryFilter) string {
	query := url.Values{}
	if f.State != "" && f.State != string(enquiry.Open) {
		query.Set("state", f.State)
	}
	if f.Kind != "" {
		query.Set("kind", string(f.Kind))
	}
	if f.Page > 1 {
		query.Set("page", strconv.Itoa(f.Page))
	}
	if len(query) == 0 {
		return EnquiriesURL()
	}
	return EnquiriesURL() + "?" + query.Encode()
}

// OffersURL is the list of offers of supervised practice.
func OffersURL() string { return "/admin/offers" }

// OfferURL is one offer.
func OfferURL(reference string) string { return OffersURL() + "/" + url.PathEscape(reference) }

// OfferChangeURL changes where an offer stands, by POST.
func OfferChangeURL(reference string) string { return OfferURL(reference) + "/change" }

// OfferNoteURL adds a note to an offer, by POST.
func OfferNoteURL(reference string) string { return OfferURL(reference) + "/note" }

// FilteredOffersURL is the list of offers with a filter.
func FilteredOffersURL(f offer.Filter) string {
	query := url.Values{}
	for name, value := range map[string]string{"state": string(f.State), "profession": f.Profession} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if f.Page > 1 {
		query.Set("page", strconv.Itoa(f.Page))
	}
	if len(query) == 0 {
		return OffersURL()
	}
	return OffersURL() + "?" + query.Encode()
}

// StaffURL is the list of staff.
func StaffURL() string { return "/admin/staff" }

// StaffAddURL is where a member of staff is added.
func StaffAddURL() string { return StaffURL() + "/add" }

// StaffPersonURL is one member of staff.
func StaffPersonURL(id string) string { return StaffURL() + "/" + url.PathEscape(id) }

// StaffLinkURL makes a new one-time link for somebody, by POST.
func StaffLinkURL(id string) string { return StaffPersonURL(id) + "/link" }

// StaffRoleURL changes what somebody may do, by POST.
func StaffRoleURL(id string) string { return StaffPersonURL(id) + "/role" }

// StaffEndSessionsURL signs somebody out everywhere, by POST.
func StaffEndSessionsURL(id string) string { return StaffPersonURL(id) + "/end-sessions" }

// StaffResetFactorURL takes somebody's second factor away, by POST.
func StaffResetFactorURL(id string) string { return StaffPersonURL(id) + "/reset-second-factor" }

// StaffDisableURL keeps somebody from signing in, by POST.
func StaffDisableURL(id string) string { return StaffPersonURL(id) + "/disable" }

// StaffEnableURL lets somebody sign in again, by POST.
func StaffEnableURL(id string) string { return StaffPersonURL(id) + "/enable" }

// Filter is what the queue is filtered by, as its address has it: closed lists
// in words, a search by its id alone.
type Filter struct {
	interest.Filter
	Search   string // id of the person's own search
	From, To string // the days between which cases were received, as typed
}

// The fields of a filter in an address.
const (
	tabField, sortField, searchField = "tab", "sort", "search"
	afterField, beforeField          = "after", "before"
)

// FilteredURL is the queue with a filter.
func FilteredURL(f Filter) string {
	query := f.Query()
	if len(query) == 0 {
		return ExpressionsURL()
	}
	return ExpressionsURL() + "?" + query.Encode()
}
