package faculty

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/validate"
)

// mostReplyDays is about a quarter: more is a slip of the keyboard.
const mostReplyDays = 60

// ReplyEdition tells one state of the times of replying from another.
func (d Details) ReplyEdition() string {
	return fmt.Sprintf("%d %d", d.ReplyWorkingDays, d.AccessibilityReplyWorkingDays)
}

// NewReplyTimes is the form that sets within how many working days the faculty
// replies, as typed.
type NewReplyTimes struct {
	Edition       string // of the times that the form was made from
	Usual         string // "" is not set
	Accessibility string // of problems of accessibility; "" is as usual
}

// Validate says what is wrong, by the form's field names: usual, accessibility.
func (n NewReplyTimes) Validate() validate.Errors {
	var errs validate.Errors
	for _, one := range [][2]string{{"usual", n.Usual}, {"accessibility", n.Accessibility}} {
		if days := replyDays(one[1]); validate.Line(one[1]) != "" && (days < 1 || days > mostReplyDays) {
			errs.Add(one[0], fmt.Sprintf("Enter the working days as a whole number from 1 to %d, or leave them empty", mostReplyDays))
		}
	}
	return errs
}

func replyDays(typed string) int {
	days, _ := strconv.Atoi(validate.Line(typed))
	return days
}

// ErrReplyTimesChanged is a form for times of replying that somebody changed
// since it was made.
var ErrReplyTimesChanged = fmt.Errorf("the times of replying changed since they were opened: %w", fault.Conflict)

// By is the member of staff on whose behalf the faculty's details are changed.
type By struct {
	StaffID   string
	RequestID string
}

// SetReplyTimes sets within how many working days the faculty replies. A form
// that was made from other times gives ErrReplyTimesChanged, unless it changes
// nothing: the same form again does nothing. Pages that print the times are
// brought up to date by content.SetReplyTimes.
func (s *Store) SetReplyTimes(ctx context.Context, by By, n NewReplyTimes) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// The row is locked, and read as everybody reads it.
		if _, err := tx.Exec(ctx, `select from faculty for update`); err != nil {
			return err
		}
		now, err := (&Store{DB: tx}).Details(ctx)
		if err != nil {
			return err
		}
		if n.Validate().Any() {
			return fault.Invalid
		}
		next := Details{ReplyWorkingDays: replyDays(n.Usual), AccessibilityReplyWorkingDays: replyDays(n.Accessibility)}
		if next.ReplyEdition() == now.ReplyEdition() {
			return nil
		}
		if n.Edition != now.ReplyEdition() {
			return ErrReplyTimesChanged
		}
		_, err = tx.Exec(ctx, `update faculty set reply_working_days = $1, accessibility_reply_working_days = $2`,
			next.ReplyWorkingDays, next.AccessibilityReplyWorkingDays)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Staff, ActorID: by.StaffID, Action: "reply-time.set",
			SubjectKind: "faculty", Outcome: audit.Done, RequestID: by.RequestID,
		})
	})
	if err != nil {
		return fmt.Errorf("setting the times of replying: %w", err)
	}
	return nil
}
