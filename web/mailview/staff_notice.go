package mailview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/staff"
)

// StaffPasswordSet tells a member of staff that their password was changed.
func StaffPasswordSet(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Your password was changed", "The password of your account in the staff area was changed.", ifNotPassword)
}

// StaffFactorAdded tells a member of staff that they have a new second factor.
func StaffFactorAdded(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "You set up a new way to sign in", "A new way to show that it is you was set up for your account in the staff area.", ifNotPassword)
}

// StaffRecoveryUsed tells a member of staff that one of their recovery codes
// was used.
func StaffRecoveryUsed(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "A recovery code was used", "One of your recovery codes was used to sign in to your account in the staff area.", ifNotPassword)
}

// StaffFactorReset tells a member of staff that their second factor was taken
// away.
func StaffFactorReset(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Your second factor was reset",
		"The second factor of your account in the staff area was reset, and you were signed out. Next time you sign in, you set up a new one after your password.", ifNotPassword)
}

// StaffIdentityAdded tells a member of staff that their account can be used by
// single sign-on.
func StaffIdentityAdded(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Single sign-on was added to your account",
		"Single sign-on was added to your account in the staff area. From now on you can sign in that way.", ifNotIdentity)
}

// StaffIdentityRemoved tells a member of staff that their account cannot be used
// by single sign-on any more.
func StaffIdentityRemoved(f faculty.Details, a staff.Account) Letter {
	return staffNotice(f, a, "Single sign-on was removed from your account",
		"Single sign-on was removed from your account in the staff area, and you were signed out.", ifNotIdentity)
}

// What somebody does who finds that it was neither they nor a lead.
const (
	ifNotPassword = "If not, somebody else may have your password. Tell a faculty lead at once, and get a link to set a new password from the sign-in page."
	ifNotIdentity = "If not, somebody else may be able to use your account. Tell a faculty lead at once."
)

// staffNotice tells a member of staff what was done to how they sign in. It says
// nothing that helps somebody else to do so.
func staffNotice(f faculty.Details, a staff.Account, subject, what, ifNot string) Letter {
	return Letter{
		Subject: subject + " – " + f.Name,
		From:    f.Name,
		Parts: []Part{
			Paragraph("Dear " + a.Name),
			Paragraph(what),
			Paragraph("If you or a faculty lead did this, you do not need to do anything."),
			Paragraph(ifNot),
		},
	}
}
