package site

import (
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/resultview"
	"ahpfaculty/web/siteview"
)

// days shows the days calculator before anything is entered.
func (h *Handler) days(w http.ResponseWriter, r *http.Request) error {
	view, err := h.daysView(r)
	if err != nil {
		return err
	}
	view.Typed = interest.ApplyingOn(view.Today)
	return h.Server.Render(w, r, http.StatusOK, siteview.Days(view))
}

// daysAnswer answers the calculator's questions, and counts a plan where one
// was entered. It keeps nothing, so that the age of the form does not matter.
func (h *Handler) daysAnswer(w http.ResponseWriter, r *http.Request) error {
	view, err := h.daysView(r)
	if err != nil {
		return err
	}
	view.Typed = interest.ReadSituation(r.PostForm.Get)
	if view.Errors = view.Typed.Validate(view.Today); view.Errors.Any() {
		return h.Server.Render(w, r, http.StatusUnprocessableEntity, siteview.Days(view))
	}
	book, err := h.Rules.Book(r.Context())
	if err != nil {
		return err
	}
	answers := view.Typed.Answers(view.Today)
	answers.Book = book
	result, err := answers.Result()
	if err != nil {
		return err
	}
	view.Rules = book.On(answers.On)
	view.Answer = &resultview.Answer{Result: result, Rules: view.Rules}
	view.Lines = interest.SituationLines(answers)
	status := http.StatusOK
	if r.PostForm.Get("plan") != "" {
		if view.Errors = plan(r, &view, result); view.Errors.Any() {
			status = http.StatusUnprocessableEntity
		}
	}
	return h.Server.Render(w, r, status, siteview.Days(view))
}

// plan counts the plan that was entered, against the answer for the longer
// absence where there are two.
func plan(r *http.Request, view *siteview.DaysView, result updating.Result) validate.Errors {
	field := func(name string) string { return validate.Line(r.PostForm.Get(name)) }
	view.Plan = updating.PlanInput{
		Supervised: field("supervised"), Formal: field("formal"), Private: field("private"), Early: field("early"),
	}
	errs := view.Plan.Validate()
	if !errs.Any() && result.First().Kind == updating.Days {
		counted := view.Rules.Count(result.First(), view.Plan.Plan())
		view.Planned = &counted
	}
	return errs
}

// daysView is what the calculator's page has in every state.
func (h *Handler) daysView(r *http.Request) (siteview.DaysView, error) {
	ctx, today := r.Context(), interest.DayOf(h.Now())
	base, err := h.base(ctx, r.URL.Path, siteview.DaysTitle,
		"Work out how many days of updating your regulator asks for when you return to practice.", siteview.HomeCrumb, siteview.ReturnCrumb)
	if err != nil {
		return siteview.DaysView{}, err
	}
	book, err := h.Rules.Book(ctx)
	if err != nil {
		return siteview.DaysView{}, err
	}
	return siteview.DaysView{
		Base: base, Today: today, Rules: book.On(today),
		Key: page.PublicFormKey(ctx, siteview.DaysPath), CarryKey: page.PublicFormKey(ctx, siteview.CarryPath),
	}, nil
}
