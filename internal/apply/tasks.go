package apply

import (
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/applyview"
)

// tasks is the list of the form's sections and how far each is.
func (h *Handler) tasks(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Tasks(applyview.TasksPage{
		Frame:     h.deps.Frame(r),
		Tasks:     interest.Tasks(draft.Answers),
		Complete:  len(interest.Missing(draft.Answers)) == 0,
		KeptUntil: interest.DayOf(draft.ExpiresAt),
	}))
}
