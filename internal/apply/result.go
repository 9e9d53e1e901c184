package apply

import (
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/applyview"
	"ahpfaculty/web/resultview"
)

// result shows the days of updating that the situation asks for, or the other
// route that it leads to.
func (h *Handler) result(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	if open, instead := interest.Gate(draft.Answers, interest.StepResult); !open {
		return redirect(w, r, applyview.StepURL(instead))
	}
	result, err := draft.Answers.Result()
	if err != nil {
		return err
	}
	details, err := h.faculty.Details(r.Context())
	if err != nil {
		return err
	}
	from := cameFrom(r)
	view := applyview.ResultPage{
		Frame:   h.deps.Frame(r),
		Back:    backURL(draft.Answers, interest.StepResult, from),
		Next:    afterStep(draft.Answers, interest.StepResult, from),
		Answer:  resultview.Answer{Result: result, Rules: draft.Answers.Book.On(result.Answers.ApplyOn)},
		Details: details,
	}
	if result.Leaves() {
		// The page of all answers is closed to them: back is to their answer.
		view.Back = backURL(draft.Answers, interest.StepResult, "")
		return h.deps.Pages.Render(w, r, http.StatusOK, applyview.AnotherRoute(view))
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, applyview.Result(view))
}
