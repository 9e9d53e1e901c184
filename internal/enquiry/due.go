package enquiry

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

const (
	// usualDays is how many working days an answer may take where the faculty
	// has not set it.
	usualDays = 5
	// complaintDays is how many days the law gives a controller to acknowledge
	// a complaint: section 164A of the Data Protection Act 2018, since June 2026.
	complaintDays = 30
)

// WorkingDays is within how many working days an enquiry of a kind is answered,
// as the faculty has set it or as is usual; 0 for a complaint, whose time is the
// law's.
func WorkingDays(k Kind, f faculty.Details) int {
	days := f.ReplyWorkingDays
	if k == Complaint {
		return 0
	}
	if k == Accessibility && f.AccessibilityReplyWorkingDays > 0 {
		days = f.AccessibilityReplyWorkingDays
	}
	if days == 0 {
		return usualDays
	}
	return days
}

// Due is the day by which an enquiry of a day is answered, and a complaint is
// acknowledged: of its 30 days, weekends and all, the day it came is the first.
func Due(k Kind, on updating.Date, f faculty.Details, holidays []workday.Holiday) updating.Date {
	if k == Complaint {
		return on.AddDays(complaintDays - 1)
	}
	return workday.After(on, WorkingDays(k, f), holidays)
}
