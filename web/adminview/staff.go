package adminview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// AccountState is what an account is in, in words.
func AccountState(a staff.Account) string {
	switch {
	case a.Disabled():
		return "Cannot sign in"
	case !a.HasPassword && !a.HasIdentity:
		return "Invited"
	default:
		return "Active"
	}
}

func stateTag(a staff.Account) component.Tag {
	switch {
	case a.Disabled():
		return component.Tag{Text: AccountState(a), Colour: "grey"}
	case !a.HasPassword && !a.HasIdentity:
		return component.Tag{Text: AccountState(a), Colour: "yellow"}
	default:
		return component.Tag{Text: AccountState(a), Colour: "green"}
	}
}

// SecondFactor is how the owner of an account shows, beside a password or instead
// of one, that it is them.
func SecondFactor(a staff.Account) string {
	var ways []string
	if a.HasApp {
		ways = append(ways, "app for codes")
	}
	if a.Passkeys > 0 {
		ways = append(ways, count(a.Passkeys, "passkey"))
	}
	if a.HasIdentity {
		ways = append(ways, "single sign-on")
	}
	if len(ways) == 0 {
		return "Not set up"
	}
	text := strings.Join(ways, ", ")
	return strings.ToUpper(text[:1]) + text[1:]
}

func appState(a staff.Account) string {
	if !a.HasApp {
		return "Not set up"
	}
	return "Set up"
}

// factorRows are the ways in which somebody shows who they are, each with what
// changes it.
func factorRows(a staff.Account, passkeys []staff.Passkey) []component.SummaryRow {
	rows := []component.SummaryRow{changeable("App for codes", appState(a), "Change", AccountAppURL())}
	for _, p := range passkeys {
		rows = append(rows, changeable("Passkey", p.Name+": "+passkeyState(p), "Change", PasskeyURL(p.ID)))
	}
	return append(rows, changeable("Recovery codes", staff.RecoveryLeft(a.RecoveryLeft), "Change", RecoveryCodesURL()))
}

// passkeyState says when a passkey was added and used.
func passkeyState(p staff.Passkey) string {
	switch {
	case p.SuspectAt != nil:
		return "may have been copied, seen on " + moment(*p.SuspectAt)
	case p.LastUsedAt != nil:
		return "last used on " + moment(*p.LastUsedAt)
	default:
		return "added on " + moment(p.CreatedAt)
	}
}

func lastSignedIn(a staff.Account) string {
	if a.LastSignedInAt == nil {
		return "Never"
	}
	return moment(*a.LastSignedInAt)
}

func staffRows(accounts []staff.Account) [][]component.TableCell {
	var rows [][]component.TableCell
	for _, a := range accounts {
		rows = append(rows, []component.TableCell{
			{Text: a.Name, Href: StaffPersonURL(a.ID)},
			{Text: a.Email},
			{Text: a.Role.Name()},
			{HTML: stateTag(a)},
			{Text: SecondFactor(a)},
			{Text: lastSignedIn(a)},
		})
	}
	return rows
}

func accountRows(a staff.Account) []component.SummaryRow {
	return []component.SummaryRow{
		row("Name", a.Name),
		row("Email address", a.Email),
		row("Role", a.Role.Name()+": "+a.Role.Describe()),
		row("State", AccountState(a)),
		row("Second factor", SecondFactor(a)),
		row("Added", day(a.CreatedAt)),
		row("Last signed in", lastSignedIn(a)),
	}
}

// lasts is how long a link works, in words.
func lasts(p staff.Purpose) string {
	hours := int(p.Lasts().Hours())
	if hours == 1 {
		return "1 hour"
	}
	return strconv.Itoa(hours) + " hours"
}

// sessionRows are one's own sessions: this one, and others that can be ended.
func (v Account) sessionRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, s := range v.Sessions {
		end := component.TableCell{HTML: endSession(s)}
		if s.ID == v.This {
			end = component.TableCell{Text: "This device"}
		}
		rows = append(rows, []component.TableCell{{Text: s.Device + ", " + s.Network}, {Text: moment(s.StartedAt)}, {Text: moment(s.LastUsedAt)}, end})
	}
	return rows
}

// endForm is the id of the form that ends a session.
func endForm(s staff.Session) string { return "end-" + s.ID }

// devices says a number of devices.
func devices(n int) string {
	if n == 1 {
		return "1 device"
	}
	return strconv.Itoa(n) + " devices"
}

// changeable is a row with a link that changes it.
func changeable(key, value, change, url string) component.SummaryRow {
	r := row(key, value)
	r.Actions = component.Actions{Items: []component.Action{{Text: change, VisuallyHiddenText: "the " + strings.ToLower(key[:1]) + key[1:], Href: url}}}
	return r
}
