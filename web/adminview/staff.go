package adminview

import (
	"strconv"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// state is what an account is in, in words.
func state(a staff.Account) string {
	switch {
	case a.Disabled():
		return "Cannot sign in"
	case !a.HasPassword:
		return "Invited"
	default:
		return "Active"
	}
}

func stateTag(a staff.Account) component.Tag {
	switch {
	case a.Disabled():
		return component.Tag{Text: state(a), Colour: "grey"}
	case !a.HasPassword:
		return component.Tag{Text: state(a), Colour: "yellow"}
	default:
		return component.Tag{Text: state(a), Colour: "green"}
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
		row("State", state(a)),
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
