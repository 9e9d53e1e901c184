package job

import (
	"context"
	"log/slog"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/mail"
	"ahpfaculty/web/mailview"
)

// noticeEvery is how late somebody is told at once, at most.
const noticeEvery = time.Minute

// Notice is the job that owes the mails which tell staff about cases.
type Notice struct{}

// Kind is the job's name in River's tables.
func (Notice) Kind() string { return "notice" }

// notice looks for what there is to tell.
func (d Deps) notice(ctx context.Context) error {
	owed, err := d.Notices.Look(ctx)
	if err != nil {
		return plain("looking for what there is to tell", err)
	}
	if owed > 0 {
		d.Log.LogAttrs(ctx, slog.LevelInfo, "staff told", slog.Int("mails", owed))
	}
	return nil
}

// writeNotices tells what happened to cases, as far as it still holds.
func (w *mailWorker) writeNotices(ctx context.Context, f faculty.Details, row mail.Row) (string, mailview.Letter, error) {
	to, parts, err := w.deps.Notices.Told(ctx, row.SubjectID, row.Occasion)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return to, mailview.CaseNotices(f, parts, w.deps.NoticeLinks), nil
}
