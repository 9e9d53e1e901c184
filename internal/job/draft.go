package job

import (
	"context"
	"time"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/web/mailview"
)

// warnEvery is how late a warning may come at most.
const warnEvery = time.Hour

// Warn is the job that owes a mail to those whose drafts are deleted soon.
type Warn struct{}

// Kind is the job's name in River's tables.
func (Warn) Kind() string { return "warn" }

// warn owes the warnings that are due and were not owed before.
func (d Deps) warn(ctx context.Context) error {
	ending, err := d.Interest.WarnExpiring(ctx)
	if err != nil {
		return plain("warning of drafts that expire", err)
	}
	d.Log.InfoContext(ctx, "warned", "drafts_that_end_soon", ending)
	return nil
}

// writeDraft writes about a draft, with a link to it that is minted for this
// attempt: the database keeps only its hash.
func (w *mailWorker) writeDraft(ctx context.Context, f faculty.Details, draftID string,
	mint func(ctx context.Context, draftID string) (string, interest.Link, error),
	write func(f faculty.Details, to interest.Link, link string) mailview.Letter,
) (string, mailview.Letter, error) {
	token, link, err := mint(ctx, draftID)
	if err != nil {
		return "", mailview.Letter{}, err
	}
	return link.Draft.Address(), write(f, link, w.deps.DraftLink(token)), nil
}
