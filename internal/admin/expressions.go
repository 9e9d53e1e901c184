package admin

import (
	"context"
	"errors"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// longestSearch is how many characters of a search are kept.
const longestSearch = 200

func (h *Handler) expressions(w http.ResponseWriter, r *http.Request) error {
	filter, errs, err := readFilter(r.URL.Query(), viewer(r).ID)
	if err != nil {
		return err
	}
	filter.Text, err = h.searchText(r.Context(), viewer(r).ID, filter.Search)
	if errors.Is(err, fault.NotFound) {
		h.notify(r, "That search is no longer kept. Search again")
		filter.Search = ""
		return seeOther(w, r, adminview.FilteredURL(filter))
	}
	if err != nil {
		return err
	}
	return h.showExpressions(w, r, adminview.Expressions{Filter: filter, Errors: errs})
}

// showExpressions shows a page of the queue. The view it is given has the filter,
// and what was typed and is wrong with it.
func (h *Handler) showExpressions(w http.ResponseWriter, r *http.Request, view adminview.Expressions) error {
	view.MayImport = viewer(r).Role.May(staff.ExportAll)
	// The counts and the choices do not wait for the list.
	err := together(r.Context(), func(ctx context.Context) error {
		var err error
		view.List, err = h.interest.List(ctx, view.Filter.Filter)
		return err
	}, func(ctx context.Context) error {
		return h.countTabs(ctx, viewer(r), &view)
	}, func(ctx context.Context) error {
		return h.listChoices(ctx, viewer(r), &view)
	})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if view.Errors.Any() {
		status = http.StatusUnprocessableEntity
	}
	view.Frame, view.Notice, view.Today = h.frame(r, "Expressions of interest", view.Errors.Any()), h.notice(r), h.today()
	return h.pages.Render(w, r, status, view.Page())
}

// countTabs counts what is in the tabs.
func (h *Handler) countTabs(ctx context.Context, viewer staff.Account, view *adminview.Expressions) error {
	var err error
	if view.Tabs, err = h.interest.TabCounts(ctx, viewer.ID); err != nil {
		return err
	}
	view.SetAside, err = h.interest.CountSetAside(ctx)
	return err
}

// listChoices lists what the filters and the person's own views choose from.
func (h *Handler) listChoices(ctx context.Context, viewer staff.Account, view *adminview.Expressions) error {
	var err error
	if view.Organisations, err = h.faculty.Organisations(ctx); err != nil {
		return err
	}
	if view.Staff, err = h.staff.List(ctx); err != nil {
		return err
	}
	view.Views, err = h.interest.Views(ctx, viewer.ID)
	return err
}

// searchText is the text that a search's id stands for; "" for no id.
func (h *Handler) searchText(ctx context.Context, accountID, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	return h.staff.Search(ctx, accountID, id)
}

// expressionsSearch keeps what was searched for as the person's own and puts
// its id into the address: the text is about people.
func (h *Handler) expressionsSearch(w http.ResponseWriter, r *http.Request) error {
	filter, _, err := readFilter(r.PostForm, viewer(r).ID)
	if err != nil {
		return err
	}
	filter.Cursor, filter.Search = interest.Cursor{}, ""
	if filter.Tab != interest.SetAside {
		filter.Tab = interest.All // who looks for somebody does not know where they stand
	}
	text := validate.Line(r.PostForm.Get("text"))
	if text != "" {
		if runes := []rune(text); len(runes) > longestSearch {
			text = string(runes[:longestSearch])
		}
		if filter.Search, err = h.staff.KeepSearch(r.Context(), viewer(r).ID, text); err != nil {
			return err
		}
	}
	return seeOther(w, r, adminview.FilteredURL(filter))
}

// expressionsTake gives the next case to whoever asks.
func (h *Handler) expressionsTake(w http.ResponseWriter, r *http.Request) error {
	reference, err := h.interest.TakeNext(r.Context(), caseBy(r), page.Nonce(r))
	if errors.Is(err, interest.ErrNothingToTake) {
		h.notify(r, "No case waits for somebody to take it")
		return seeOther(w, r, adminview.ExpressionsURL())
	}
	if err != nil {
		return err
	}
	h.notify(r, "You have this case now")
	return seeOther(w, r, adminview.ExpressionURL(reference))
}
