package admin

import (
	"context"
	"errors"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/mailview"
)

// stageLetters are the mails that the moves of a case would send, as they would
// be sent now.
func (h *Handler) stageLetters(ctx context.Context, c interest.Case) ([]adminview.StageLetter, error) {
	details, err := h.faculty.Details(ctx)
	if err != nil && !errors.Is(err, fault.NotFound) {
		return nil, err
	}
	var letters []adminview.StageLetter
	for _, m := range interest.MessagesFrom(c.Stage) {
		letter := mailview.StageChanged(details, c.Expression, m, mailview.LinkPlace)
		letters = append(letters, adminview.StageLetter{To: m.Stage, Reason: m.Reason, Subject: letter.Subject, Text: letter.Text()})
	}
	return letters, nil
}
