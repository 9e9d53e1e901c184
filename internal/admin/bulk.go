package admin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/bulk"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/mailview"
)

// bulkChoose shows the cases of a list, to choose those that are changed.
func (h *Handler) bulkChoose(w http.ResponseWriter, r *http.Request) error {
	filter, err := h.readSearched(r, r.URL.Query())
	if err != nil {
		return err
	}
	return h.showBulkChoice(w, r, http.StatusOK, adminview.BulkChoice{Filter: filter})
}

// readSearched reads a filter with the text that its search stands for.
func (h *Handler) readSearched(r *http.Request, values url.Values) (adminview.Filter, error) {
	filter, errs, err := readFilter(values, viewer(r).ID)
	if err == nil && errs.Any() {
		// Without a day that was typed wrongly it would choose more than was meant.
		err = fmt.Errorf("filter by a day that is none: %w", fault.Invalid)
	}
	if err != nil {
		return filter, err
	}
	filter.Text, err = h.searchText(r.Context(), viewer(r).ID, filter.Search)
	return filter, err
}

// showBulkChoice shows the choice; the view has what was typed and is wrong.
func (h *Handler) showBulkChoice(w http.ResponseWriter, r *http.Request, status int, view adminview.BulkChoice) error {
	var err error
	if view.List, err = h.interest.List(r.Context(), view.Filter.Filter); err != nil {
		return err
	}
	if view.Staff, err = h.staff.List(r.Context()); err != nil {
		return err
	}
	view.Viewer = viewer(r)
	frame := h.frame(r, "Change cases together", view.Errors.Any())
	view.Frame = under(frame, "Expressions of interest", adminview.FilteredURL(view.Filter))
	return h.pages.Render(w, r, status, view.Page())
}

// bulkPlan keeps what would be changed, to be looked at.
func (h *Handler) bulkPlan(w http.ResponseWriter, r *http.Request) error {
	values, err := url.ParseQuery(r.PostForm.Get("filter"))
	if err != nil {
		return fault.Invalid
	}
	filter, err := h.readSearched(r, values)
	if err != nil {
		return err
	}
	view := adminview.BulkChoice{Filter: filter, All: r.PostForm.Get("which") == "all", Ticked: r.PostForm["case"], Change: readBulk(r)}
	view.Change.Filter = filter.At(interest.Cursor{}).Query().Encode()
	ids, err := h.bulkCases(r, view)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		view.Errors.Add("case", "Select the cases")
	} else if len(ids) > bulk.Most {
		view.Errors.Add("case", "The list has more than 5,000 cases. Filter it first")
	}
	if view.Errors = append(view.Errors, view.Change.Validate()...); view.Errors.Any() {
		return h.showBulkChoice(w, r, http.StatusUnprocessableEntity, view)
	}
	id, err := h.bulk.Plan(r.Context(), viewer(r), view.Change, ids)
	if errors.Is(err, interest.ErrAssignee) {
		view.Errors.Add("assignee", "Select somebody who can have cases")
		return h.showBulkChoice(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, adminview.BulkChangeURL(id))
}

// errEnough ends a walk through a list that is longer than a change may be.
var errEnough = errors.New("more cases than one change may have")

// bulkCases are the ids of the cases that are chosen, one more than the most
// where there are too many.
func (h *Handler) bulkCases(r *http.Request, view adminview.BulkChoice) ([]string, error) {
	if !view.All {
		return view.Ticked, nil
	}
	var ids []string
	err := h.interest.Each(r.Context(), view.Filter.At(interest.Cursor{}).Filter, func(e interest.Summary) error {
		ids = append(ids, e.ID)
		if len(ids) > bulk.Most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return ids, err
}

func readBulk(r *http.Request) bulk.Change {
	c := bulk.Change{Kind: bulk.Kind(r.PostForm.Get("kind")), Note: r.PostForm.Get("note"), Tells: true}
	switch c.Kind {
	case bulk.Assign:
		c.To = r.PostForm.Get("assignee")
	case bulk.Move:
		c.To, c.Reason, _ = strings.Cut(r.PostForm.Get("to"), "/")
	case bulk.Tell:
		c.To = r.PostForm.Get("template")
	}
	return c
}

// bulkChange shows one's own change: what would happen, or how far it is.
func (h *Handler) bulkChange(w http.ResponseWriter, r *http.Request) error {
	c, err := h.bulk.ByID(r.Context(), viewer(r).ID, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return h.showBulk(w, r, http.StatusOK, adminview.BulkPage{Change: c})
}

func (h *Handler) showBulk(w http.ResponseWriter, r *http.Request, status int, view adminview.BulkPage) error {
	var err error
	if view.Counts, err = h.bulk.Counts(r.Context(), view.Change.ID); err != nil {
		return err
	}
	if view.Rows, err = h.bulk.Rows(r.Context(), view.Change.ID); err != nil {
		return err
	}
	if view.Staff, err = h.staff.List(r.Context()); err != nil {
		return err
	}
	details, err := h.faculty.Details(r.Context())
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	if message, has := view.Change.Message(); has {
		view.Before, view.After = mailview.AroundWords(details, mailview.Anybody, message)
	}
	title := "Check the change"
	if view.Change.StartedAt != nil {
		title = "How far the change is"
	}
	if view.Change.StartedAt != nil && view.Change.EndedAt == nil {
		view.Progress = progress(w, r, adminview.BulkChangeURL(view.Change.ID))
	}
	view.Frame = under(h.frame(r, title, view.Errors.Any()), "Expressions of interest", adminview.ExpressionsURL())
	return h.pages.Render(w, r, status, view.Page())
}

// bulkStart has a job make the change.
func (h *Handler) bulkStart(w http.ResponseWriter, r *http.Request) error {
	c, err := h.bulk.ByID(r.Context(), viewer(r).ID, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	_, has := c.Message()
	tells := has && r.PostForm.Get(adminview.MailField) != adminview.MailNone
	words := interest.Words{Says: r.PostForm.Get("says"), Next: r.PostForm.Get("next")}
	var errs validate.Errors
	if tells {
		errs = words.Validate()
	}
	if errs.Any() && c.StartedAt == nil {
		return h.showBulk(w, r, http.StatusUnprocessableEntity, adminview.BulkPage{Change: c, Typed: &words, Errors: errs})
	}
	if err := h.bulk.Start(r.Context(), caseBy(r), c.ID, tells, words); err != nil {
		return err
	}
	return seeOther(w, r, adminview.BulkChangeURL(c.ID))
}
