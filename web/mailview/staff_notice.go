package mailview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/staff"
)

// StaffPasswordSet tells a member of staff that their password was changed.
func StaffPasswordSet(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Your password was changed", "The password of your account in the staff area was changed.")
}

// StaffFactorAdded tells a member of staff that they have a new second factor.
func StaffFactorAdded(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "You set up a new way to sign in", "A new way to show that it is you was set up for your account in the staff area.")
}

// StaffRecoveryUsed tells a member of staff that one of their recovery codes
// was used.
func StaffRecoveryUsed(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "A recovery code was used", "One of your recovery codes was used to sign in to your account in the staff area.")
}

// StaffFactorReset tells a member of staff that their second factor was taken
// away.
func StaffFactorReset(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Your second factor was reset",
		"The second factor of your account in the staff area was reset, and you were signed out. Next time you sign in, you set up a new one after your password.")
}

// staffNotice tells a member of staff what was done to how they sign in. It says
// nothing that helps somebody else to do so.
func staffNotice(f faculty.Details, a staff.Account, subject, what string) Letter {
	return Letter{
		Subject: subject + " – " + f.Name,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + a.Name),
			Paragraph(what),
			Paragraph("If you or a faculty lead did this, you do not need to do anything."),
			Paragraph("If not, somebody else may have your password. Tell a faculty lead at once, and get a link to set a new password from the sign-in page."),
		},
	}
}
