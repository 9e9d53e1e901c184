package mailview

import (
	"fmt"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/staff"
)

// StaffInvite asks a new member of staff to set a password. Link is the whole
// address of a one-time link that lasts so long.
func StaffInvite(f faculty.Details, a staff.Account, link string, lasts time.Duration) Letter {
	return Letter{
		Subject: "Set up your account for the " + f.Name + " portal",
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + a.Name),
			Paragraph(fmt.Sprintf("You have been added to the staff area of the %s portal. Your role is %s.", f.Name, a.Role.Name())),
			Paragraph("To start, set a password. The link works once, for " + duration(lasts) + "."),
			Button{Label: "Set your password", URL: link},
			Paragraph("If you do not know what this is about, ignore this mail. Nothing happens until the link is used."),
		},
	}
}

// StaffReset lets a member of staff who forgot their password set a new one.
// Link is the whole address of a one-time link that lasts so long.
func StaffReset(f faculty.Details, a staff.Account, link string, lasts time.Duration) Letter {
	return Letter{
		Subject: "Set a new password for the " + f.Name + " portal",
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + a.Name),
			Paragraph("Someone asked to set a new password for your account in the staff area. The link works once, for " + duration(lasts) + "."),
			Button{Label: "Set a new password", URL: link},
			Paragraph("If you did not ask for this, ignore this mail. Your password stays as it is."),
		},
	}
}

// duration says whole hours or days as people do.
func duration(d time.Duration) string {
	n, unit := int(d.Hours()), "hour"
	if n >= 48 && n%24 == 0 {
		n, unit = n/24, "day"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
