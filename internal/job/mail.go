package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/mailview"
)

// mailWorker sends the mails of the outbox. It reads what a mail is about when
// it sends it, so that no address and no text waits in a queue.
type mailWorker struct {
	river.WorkerDefaults[mail.Job]
	deps Deps
}

// Work sends one mail. A refusal for good, and a mail about something that is
// gone, end the job; every other failure is tried again.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[mail.Job]) error {
	return guard(func() error {
		row, err := w.deps.Mails.ByID(ctx, job.Args.MailID)
		if errors.Is(err, fault.NotFound) {
			return river.JobCancel(plain("reading the mail", err))
		}
		if err != nil {
			return plain("reading the mail", err)
		}
		if row.State != mail.Waiting {
			return nil // sent by an attempt that could not say so any more
		}
		if to, err := w.send(ctx, row); err != nil {
			return w.failed(ctx, job, row, to, err)
		}
		if err := w.deps.Mails.MarkSent(ctx, row.ID, w.deps.Now().UTC()); err != nil {
			return plain("marking the mail sent", err)
		}
		w.deps.Log.LogAttrs(ctx, slog.LevelInfo, "mail sent",
			slog.String("mail_id", row.ID), slog.String("kind", string(row.Kind)))
		return nil
	})
}

// send gives the address that it wrote to, as soon as it knows it.
func (w *mailWorker) send(ctx context.Context, row mail.Row) (string, error) {
	details, err := w.deps.Faculty.Details(ctx)
	if err != nil {
		// Without its content the faculty has no name yet: the mail waits for it.
		return "", plain("reading the faculty's details", fault.Unavailable)
	}
	to, letter, err := w.write(ctx, details, row)
	if err != nil {
		return "", plain("writing the mail", err)
	}
	html, err := letter.HTML(ctx)
	if err != nil {
		return to, plain("rendering the mail", err)
	}
	err = w.deps.Sender.Send(ctx, mail.Message{
		ID: row.ID, From: w.deps.From, Name: details.Name, ReplyTo: details.ContactEmail, To: to,
		Subject: letter.Subject, Text: letter.Text(), HTML: html,
	})
	if err != nil {
		return to, plain("sending the mail", err)
	}
	return to, nil
}

// write reads what a mail is about and gives its address and its words.
func (w *mailWorker) write(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	switch row.Kind {
	case mail.ExpressionReceived:
		return w.writeReceived(ctx, f, row.SubjectID)
	case mail.StageChanged:
		return w.writeMoved(ctx, f, row)
	case mail.Told:
		return w.writeTold(ctx, f, row)
	case mail.InformationAsked:
		return w.writeAsked(ctx, f, row)
	case mail.TrackLink:
		return w.writeTrackLink(ctx, f, row.SubjectID)
	case mail.ConfirmAddress:
		return w.writeConfirm(ctx, f, row.SubjectID)
	case mail.AddressChanged:
		return w.writeReaddressed(ctx, f, row)
	case mail.OfferReceived:
		return w.writeOffer(ctx, f, row.SubjectID)
	case mail.EnquiryReceived:
		return w.writeEnquiry(ctx, f, row.SubjectID)
	case mail.DraftLink:
		return w.writeDraft(ctx, f, row.SubjectID, w.deps.Interest.MintLink, mailview.DraftLink)
	case mail.DraftExpires:
		return w.writeDraft(ctx, f, row.SubjectID, w.deps.Interest.MintWarningLink, mailview.DraftExpires)
	case mail.Notice:
		return w.writeNotices(ctx, f, row)
	case mail.StaffInvite:
		return w.writeLink(ctx, f, row.SubjectID, staff.Invite)
	case mail.StaffReset:
		return w.writeLink(ctx, f, row.SubjectID, staff.Reset)
	case mail.StaffPasswordSet:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffPasswordSet)
	case mail.StaffFactorAdded:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffFactorAdded)
	case mail.StaffRecoveryUsed:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffRecoveryUsed)
	case mail.StaffFactorReset:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffFactorReset)
	case mail.StaffIdentityAdded:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffIdentityAdded)
	case mail.StaffIdentityRemoved:
		return w.writeNotice(ctx, f, row.SubjectID, mailview.StaffIdentityRemoved)
	}
	return "", mailview.Letter{}, fmt.Errorf("no mail of kind %q: %w", row.Kind, fault.Invalid)
}

func (w *mailWorker) writeReceived(ctx context.Context, f faculty.Details, id string) (string, mailview.Letter, error) {
	expression, err := w.deps.Interest.ByID(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	token, to, err := w.deps.Interest.MintTrackLink(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.ExpressionReceived(f, expression, w.deps.TrackLink(token)), nil
}

// writeMoved writes what the move said when it was made, also when the case has
// moved on since: the returner is told each step in its order.
func (w *mailWorker) writeMoved(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	expression, event, err := w.deps.Interest.Moved(ctx, row.SubjectID, row.Occasion)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	message, has := event.Message()
	if !has {
		return "", mailview.Letter{}, fmt.Errorf("stage %s has no mail: %w", event.To, fault.Conflict)
	}
	token, to, err := w.deps.Interest.MintTrackLink(ctx, row.SubjectID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.StageChanged(f, expression, message, w.deps.TrackLink(token)), nil
}

// writeTold writes the message that staff sent.
func (w *mailWorker) writeTold(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	expression, event, err := w.deps.Interest.ToldBy(ctx, row.SubjectID, row.Occasion)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	message, has := event.Message()
	if !has {
		return "", mailview.Letter{}, fmt.Errorf("message %s is none any more: %w", event.Reason, fault.Conflict)
	}
	message.Stage = expression.Stage
	token, to, err := w.deps.Interest.MintTrackLink(ctx, row.SubjectID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.StageChanged(f, expression, message, w.deps.TrackLink(token)), nil
}

// writeEnquiry writes to whoever sent an enquiry; a mail about one that was set
// aside again has nobody to go to.
func (w *mailWorker) writeEnquiry(ctx context.Context, f faculty.Details, id string) (string, mailview.Letter, error) {
	e, err := w.deps.Enquiries.ByID(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	if e.State == enquiry.SetAside || e.Email == "" {
		return "", mailview.Letter{}, fmt.Errorf("enquiry %s gets no mail: %w", id, fault.Conflict)
	}
	return e.Email, mailview.EnquiryReceived(f, e, w.deps.Enquiries.Today()), nil
}

// writeOffer writes to whoever made an offer; a mail about one that was set
// aside again has nobody to go to.
func (w *mailWorker) writeOffer(ctx context.Context, f faculty.Details, id string) (string, mailview.Letter, error) {
	o, err := w.deps.Offers.ByID(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	if o.State == offer.SetAside {
		return "", mailview.Letter{}, fmt.Errorf("offer %s gets no mail: %w", id, fault.Conflict)
	}
	return o.Email, mailview.OfferReceived(f, o), nil
}

// writeLink mints the link that the mail carries: the database keeps only its
// hash, so that every attempt has a link of its own.
func (w *mailWorker) writeLink(ctx context.Context, f faculty.Details, accountID string, purpose staff.Purpose) (string, mailview.Letter, error) {
	account, err := w.deps.Staff.ByID(ctx, accountID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	token, err := w.deps.Staff.MintLink(ctx, accountID, purpose)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	link := w.deps.StaffLink(token)
	if purpose == staff.Invite {
		return account.Email, mailview.StaffInvite(f, account, link, purpose.Lasts()), nil
	}
	return account.Email, mailview.StaffReset(f, account, link, purpose.Lasts()), nil
}

// writeNotice tells a member of staff what was done to how they sign in.
func (w *mailWorker) writeNotice(ctx context.Context, f faculty.Details, accountID string, view func(faculty.Details, staff.Account) mailview.Letter) (string, mailview.Letter, error) {
	account, err := w.deps.Staff.ByID(ctx, accountID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return account.Email, view(f, account), nil
}

// failed marks the mail and says whether it is tried again.
func (w *mailWorker) failed(ctx context.Context, job *river.Job[mail.Job], row mail.Row, to string, failure error) error {
	if hopeless(failure) {
		if err := w.refuse(ctx, row, to, failure); err != nil {
			return plain("marking the mail refused", err)
		}
		return river.JobCancel(failure)
	}
	var err error
	if job.Attempt >= job.MaxAttempts {
		err = w.refuse(ctx, row, to, failure)
	} else {
		err = w.deps.Mails.MarkFailed(ctx, row.ID, failure.Error(), w.deps.Now().UTC())
	}
	if err != nil {
		return plain("marking the mail failed", err)
	}
	return failure
}

// refuse marks the mail refused for good, and with it the case of the returner
// whom it does not reach, so that staff see it.
func (w *mailWorker) refuse(ctx context.Context, row mail.Row, to string, failure error) error {
	return postgres.InTx(ctx, w.deps.Mails.DB, func(tx pgx.Tx) error {
		mails := mail.Store{DB: tx}
		if err := mails.MarkRefused(ctx, row.ID, failure.Error(), w.deps.Now().UTC()); err != nil {
			return err
		}
		if to == "" || !row.Kind.ToReturner() {
			return nil
		}
		cases := *w.deps.Interest
		cases.DB = tx
		return cases.NoteRefused(ctx, row.SubjectID, to)
	})
}

// hopeless reports whether trying again cannot help: the address is refused, or
// what the mail is about is gone or no longer gets such a mail.
func hopeless(failure error) bool {
	var refused *mail.SendError
	if errors.As(failure, &refused) {
		return refused.Permanent
	}
	return errors.Is(failure, fault.NotFound) || errors.Is(failure, fault.Conflict) || errors.Is(failure, fault.Invalid)
}
