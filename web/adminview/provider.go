package adminview

import (
	"net/url"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// ProviderURL leads to the provider of single sign-on.
func ProviderURL() string { return SignInURL() + "/provider" }

// ProviderReturnURL is where the provider sends people back to.
func ProviderReturnURL() string { return ProviderURL() + "/return" }

// ProviderOutURL is where somebody comes who has signed out here and may still
// be signed in at the provider.
func ProviderOutURL() string { return ProviderURL() + "/out" }

// ConfirmProviderURL leads to the provider, to show again who one is.
func ConfirmProviderURL() string { return ConfirmURL() + "/provider" }

// LinkProviderURL leads to the provider, to use a one-time link up by it.
func LinkProviderURL(token string) string { return LinkURL(token) + "/provider" }

// AccountProviderURL leads to the provider, to sign in by it from then on.
func AccountProviderURL() string { return AccountURL() + "/provider" }

// IdentityRemoveURL takes an identity from somebody's account, by POST.
func IdentityRemoveURL(id, identity string) string {
	return StaffPersonURL(id) + "/identities/" + url.PathEscape(identity) + "/remove"
}

// Ways are the ways in that pages offer.
type Ways struct {
	Provider   string // its name; "" is none
	LocalOff   bool   // no passwords and codes
	GivesRoles bool   // the provider says what people do here
}

// Refused is what is said to somebody who came back from the provider and is
// not let in.
type Refused struct {
	Title string
	Lines []string
	Again component.Link // where they go on
}

// RefusedFor says why somebody is not let in: as much as helps them, and
// nothing about accounts that are not theirs.
func RefusedFor(why staff.Refusal, purpose staff.FlowPurpose, provider string) Refused {
	again := component.Link{Text: "Back to sign in", Href: SignInURL()}
	if purpose == staff.ToConfirm || purpose == staff.ToAdd {
		again = component.Link{Text: "Back to your account", Href: AccountURL()}
	}
	switch why {
	case staff.NoAccount, staff.IsDisabled:
		return Refused{"There is no account for you here yet", []string{
			"You are signed in with " + provider + ", but this staff area does not know you.",
			"If a faculty lead has invited you, open the link in your invitation email and choose " + provider + " there.",
			"If not, ask a faculty lead to add you.",
		}, again}
	case staff.NoRole:
		return Refused{"You have no role here", []string{
			"You are signed in with " + provider + ", but it does not say that you work in this staff area.",
			"Ask a faculty lead, or the people who look after " + provider + ", for the role that you need.",
		}, again}
	case staff.HasFactor:
		return Refused{"This link does not lead to " + provider, []string{
			"The account has a second factor, which a link does not go round.",
			"Sign in with your password and code and add " + provider + " on the page of your account. If you cannot, ask a faculty lead to reset your second factor and to give you a new link.",
		}, again}
	case staff.SomebodyElse:
		return Refused{"This is not the account you came with", []string{
			"Whoever signed in with " + provider + " is somebody else here. Sign out of " + provider + " and try again with your own account.",
		}, again}
	case staff.NotAnew:
		return Refused{"We could not confirm that it is you", []string{
			provider + " did not ask you again who you are. Try again. If it happens again, tell a faculty lead.",
		}, again}
	default:
		return Refused{"You are not signed in", []string{
			"Something went wrong on the way back from " + provider + ", or it took longer than 10 minutes. Nothing was changed.",
			"Try again from the beginning. If it happens again, tell a faculty lead, and say what went wrong: \"" + string(why) + "\".",
		}, again}
	}
}
