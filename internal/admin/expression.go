package admin

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

func (h *Handler) expression(w http.ResponseWriter, r *http.Request) error {
	c, err := h.interest.ByReference(r.Context(), chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	return h.showExpression(w, r, http.StatusOK, adminview.Expression{Case: c})
}

// showExpression shows a person's record, which is in the audit each time. The
// view it is given has the case and what was typed and is wrong with it.
func (h *Handler) showExpression(w http.ResponseWriter, r *http.Request, status int, view adminview.Expression) error {
	err := h.viewed(r, "expression", view.Case.ID)
	if err != nil {
		return err
	}
	if view.Organisation, err = h.organisationNames(r.Context()); err != nil {
		return err
	}
	view.MayErase = viewer(r).Role.May(staff.EraseCases)
	if view.Staff, err = h.staff.List(r.Context()); err != nil {
		return err
	}
	view.Viewer = viewer(r).ID
	details, err := h.faculty.Details(r.Context())
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	view.AskLetter = shown(askLetter(details, view.Case.Expression, view.Asking))
	if view.Duplicates, err = h.interest.DuplicatesOf(r.Context(), view.Case.Expression); err != nil {
		return err
	}
	if view.Looks, err = audit.LooksAt(r.Context(), h.deps.Pool, "expression", view.Case.ID, adminview.LookActions()...); err != nil {
		return err
	}
	if view.Origin, err = h.originOf(r.Context(), view.Case); err != nil {
		return err
	}
	view.Today = interest.DayOf(h.deps.Now())
	if view.Offers, err = h.offers.Fitting(r.Context(), workOf(view.Case.Answers)); err != nil {
		return err
	}
	frame := h.frame(r, "Expression of interest "+view.Case.Reference, view.Wrong())
	view.Frame = under(frame, "Expressions of interest", adminview.ExpressionsURL())
	view.Notice = h.notice(r)
	return h.pages.Render(w, r, status, view.Page())
}

// organisationNames gives the name of an organisation's slug; one that is no
// member any more keeps its slug.
func (h *Handler) organisationNames(ctx context.Context) (func(slug string) string, error) {
	organisations, err := h.faculty.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, organisation := range organisations {
		names[organisation.Slug] = organisation.Name
	}
	return func(slug string) string {
		if name := names[slug]; name != "" {
			return name
		}
		return slug
	}, nil
}

// staffNames are the names of members of staff by their account's id.
func (h *Handler) staffNames(ctx context.Context) (map[string]string, error) {
	accounts, err := h.staff.List(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, account := range accounts {
		names[account.ID] = account.Name
	}
	return names, nil
}

// caseBy is on whose behalf a request changes a case.
func caseBy(r *http.Request) interest.By {
	return interest.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
}

// formVersion is the version of what a form changes, as it was opened. One that
// is no number, or larger than any can be, is 0: nothing has it.
func formVersion(r *http.Request) int {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32)
	if err != nil {
		return 0
	}
	return int(version)
}

// workOf is the work that somebody wants to return to.
func workOf(a interest.Answers) offer.Work {
	var w offer.Work
	if a.Profession != nil {
		w.Profession = a.Profession.Slug
	}
	if a.Branch != nil {
		w.Branch = a.Branch.Slug
	}
	return w
}
