package apply

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/applyview"
)

// carry takes the answers of the days calculator into the form, and goes on
// with its next question. Where the form has other answers it asks which to
// use. The age of the calculator's page does not matter: nothing is sent, and
// what the answers lead to is worked out anew.
func (h *Handler) carry(w http.ResponseWriter, r *http.Request) error {
	typed := interest.ReadSituation(r.PostForm.Get)
	typed.Apply = interest.DayInput{} // the form counts to the day it is sent
	today := interest.DayOf(h.deps.Now())
	if typed.Validate(today).Any() {
		return fmt.Errorf("answers that the calculator does not give: %w", fault.Invalid)
	}
	draft, err := h.begun(r.Context())
	if err != nil {
		return err
	}
	chosen := r.PostForm.Get(applyview.UseField)
	if chosen == applyview.UseSaved {
		return redirect(w, r, nextPage(draft.Answers))
	}
	replacing := interest.ReplaceNothing
	if chosen == applyview.UseCarried {
		replacing = revision(r)
	}
	draft, err = h.drafts.Carry(r.Context(), draft.ID, typed.Answers(today), replacing)
	var other *interest.OtherAnswersError
	if errors.As(err, &other) {
		return h.askWhich(w, r, other.Saved, typed)
	}
	if err != nil {
		return err
	}
	h.keepSession(r.Context(), draft)
	return redirect(w, r, nextPage(draft.Answers))
}

// askWhich shows the answers of the form beside those that were carried.
func (h *Handler) askWhich(w http.ResponseWriter, r *http.Request, saved interest.Draft, typed interest.Situation) error {
	view := applyview.CarryPage{
		Frame: h.deps.Frame(r), FormKey: page.PublicFormKey(r.Context(), applyview.CarryURL()),
		Saved: interest.SituationLines(saved.Answers), Carried: interest.SituationLines(typed.Answers(interest.DayOf(h.deps.Now()))),
		Fields: typed.Fields(), Revision: saved.Revision,
	}
	// Who comes from this page, and not from the calculator, has a choice to make.
	if r.PostForm.Has(applyview.RevisionField) && r.PostForm.Get(applyview.UseField) == "" {
		view.Errors = validate.Errors{{Field: applyview.UseField, Message: "Select which answers to use"}}
		return h.deps.Pages.Render(w, r, http.StatusUnprocessableEntity, applyview.Carry(view))
	}
	return h.deps.Pages.Render(w, r, http.StatusConflict, applyview.Carry(view))
}

// begun is the session's draft, or a new one where it has none that is open.
func (h *Handler) begun(ctx context.Context) (interest.Draft, error) {
	draft, err := h.draft(ctx)
	if err != nil && !errors.Is(err, fault.NotFound) {
		return interest.Draft{}, err
	}
	if draft.ID != "" && !draft.Sent() {
		return draft, nil
	}
	if draft, err = h.drafts.NewDraft(ctx); err != nil {
		return interest.Draft{}, err
	}
	h.deps.Sessions.Put(ctx, draftKey, draft.ID)
	h.keepSession(ctx, draft)
	return draft, nil
}

// nextPage is the first page of the form that has something to answer.
func nextPage(a interest.Answers) string {
	if missing := interest.Missing(a); len(missing) > 0 {
		return applyview.StepURL(missing[0].Slug)
	}
	return applyview.CheckURL()
}
