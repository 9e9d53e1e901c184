package job

import (
	"context"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/web/mailview"
)

// wakeEvery is how late a case that was on hold may go on at most.
const wakeEvery = time.Hour

// Wake is the job that lets cases go on when the day of their hold has come.
type Wake struct{}

// Kind is the job's name in River's tables.
func (Wake) Kind() string { return "wake" }

// wake lets the cases go on whose day has come.
func (d Deps) wake(ctx context.Context) error {
	woken, err := d.Interest.Wake(ctx)
	if err != nil {
		return plain("waking cases on hold", err)
	}
	d.Log.InfoContext(ctx, "woke", "cases_on_hold", woken)
	return nil
}

// writeAsked asks a returner for more information; what was answered or taken
// back meanwhile is not asked any more.
func (w *mailWorker) writeAsked(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	expression, request, err := w.deps.Interest.Asked(ctx, row.SubjectID, row.Occasion)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	token, to, err := w.deps.Interest.MintTrackLink(ctx, row.SubjectID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.InformationAsked(f, expression, request, w.deps.AnswerLink(token)), nil
}

func (w *mailWorker) writeTrackLink(ctx context.Context, f faculty.Details, id string) (string, mailview.Letter, error) {
	expression, err := w.deps.Interest.ByID(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	token, to, err := w.deps.Interest.MintTrackLink(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.TrackLink(f, expression, w.deps.TrackLink(token)), nil
}

// writeConfirm asks at the address that a returner wants mail to go to whether
// it is theirs.
func (w *mailWorker) writeConfirm(ctx context.Context, f faculty.Details, id string) (string, mailview.Letter, error) {
	expression, err := w.deps.Interest.ByID(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	token, to, err := w.deps.Interest.MintConfirmation(ctx, id)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	until := interest.DayOf(w.deps.Now().Add(interest.ConfirmLife))
	return to, mailview.ConfirmAddress(f, expression.Reference, w.deps.ConfirmLink(token), until), nil
}

// writeReaddressed tells the address that mail went to before.
func (w *mailWorker) writeReaddressed(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	expression, event, err := w.deps.Interest.Readdressed(ctx, row.SubjectID, row.Occasion)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return event.Old, mailview.AddressChanged(f, expression), nil
}
