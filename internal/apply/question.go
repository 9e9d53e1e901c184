package apply

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/question"
	"ahpfaculty/web/applyview"
)

// ask shows one question.
func (h *Handler) ask(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	asking, err := question.BySlug(slug(r))
	if err != nil {
		return err
	}
	if open, instead := interest.Gate(draft.Answers, slug(r)); !open {
		return h.sendTo(w, r, instead)
	}
	q, err := h.asked(r, draft)
	if err != nil {
		return err
	}
	return h.deps.Pages.Render(w, r, http.StatusOK, asking.Saved(q))
}

// save keeps the answer to one question, or shows the question again with what
// is wrong, or with what another window saved meanwhile.
func (h *Handler) save(w http.ResponseWriter, r *http.Request, draft interest.Draft) error {
	asking, err := question.BySlug(slug(r))
	if err != nil {
		return err
	}
	if open, instead := interest.Gate(draft.Answers, slug(r)); !open {
		return h.sendTo(w, r, instead)
	}
	q, err := h.asked(r, draft)
	if err != nil {
		return err
	}
	answer := asking.Read(r.PostForm)
	if q.Errors = asking.Faults(answer, q); q.Errors.Any() {
		q.Version = version(r)
		return h.deps.Pages.Render(w, r, http.StatusUnprocessableEntity, asking.Typed(answer, q))
	}
	saved, err := h.drafts.SaveAnswer(r.Context(), draft.ID, version(r), answer)
	var stale *interest.StaleError
	switch {
	case errors.As(err, &stale):
		q.Version = stale.Saved.Version(q.Step.Slug)
		q.Next = afterStep(stale.Saved.Answers, q.Step.Slug, q.From)
		q.Meanwhile = meanwhile(stale.Saved.Answers, q)
		return h.deps.Pages.Render(w, r, http.StatusConflict, asking.Typed(answer, q))
	case errors.Is(err, interest.ErrSent):
		return redirect(w, r, applyview.SentURL())
	case err != nil:
		return err
	}
	h.keepSession(r.Context(), saved)
	return redirect(w, r, afterStep(saved.Answers, q.Step.Slug, q.From))
}

// sendTo goes to the page that must be answered first.
func (h *Handler) sendTo(w http.ResponseWriter, r *http.Request, instead string) error {
	if cameFrom(r) == applyview.FromCheck {
		return redirect(w, r, applyview.ChangeURL(instead))
	}
	if instead == interest.CheckSlug {
		return redirect(w, r, applyview.TasksURL())
	}
	return redirect(w, r, applyview.StepURL(instead))
}

// asked is what a question's page needs to know besides the answer.
func (h *Handler) asked(r *http.Request, draft interest.Draft) (applyview.Question, error) {
	step, _ := interest.StepBySlug(slug(r))
	step.Title = draft.Answers.Book.On(draft.Answers.On).Fill(step.Title)
	from := cameFrom(r)
	q := applyview.Question{
		Frame:   h.deps.Frame(r),
		FormKey: page.FormKey(r.Context()),
		Step:    step,
		Version: draft.Version(step.Slug),
		From:    from,
		Back:    backURL(draft.Answers, step.Slug, from),
		Next:    afterStep(draft.Answers, step.Slug, from),
		Answers: draft.Answers,
	}
	var err error
	switch step.Slug {
	case "organisations":
		q.Organisations, err = h.faculty.Organisations(r.Context())
	case "privacy":
		q.Notice, err = h.notice(r.Context())
	}
	return q, err
}

// meanwhile gives in words the answer that another window saved.
func meanwhile(a interest.Answers, q applyview.Question) []string {
	for _, line := range interest.Lines(a, applyview.OrganisationName(q.Organisations)) {
		if line.Step == q.Step.Slug {
			return line.Answer
		}
	}
	return []string{"Another answer"}
}

// notice is the privacy notice that is published now.
func (h *Handler) notice(ctx context.Context) (applyview.Notice, error) {
	details, err := h.faculty.Details(ctx)
	if err != nil {
		return applyview.Notice{}, err
	}
	published, err := h.content.Page(ctx, content.General, "privacy")
	if err != nil {
		return applyview.Notice{}, err
	}
	return applyview.Notice{Version: published.Version, Details: details}, nil
}

// version is the version of the answer that the form was made from. Anything
// that is no number is older than every answer.
func version(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get(applyview.VersionField))
	if err != nil {
		return -1
	}
	return n
}
