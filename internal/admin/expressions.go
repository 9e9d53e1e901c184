package admin

import (
	"context"
	"errors"
	"net/http"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// longestSearch is how many characters of a search are kept.
const longestSearch = 200

func (h *Handler) expressions(w http.ResponseWriter, r *http.Request) error {
	filter, err := readFilter(r.URL.Query(), viewer(r).ID)
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
	list, err := h.interest.List(r.Context(), filter.Filter)
	if err != nil {
		return err
	}
	aside, err := h.interest.CountSetAside(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Expressions{
		Frame: h.frame(r, "Expressions of interest", false), Notice: h.notice(r), Filter: filter, List: list, SetAside: aside,
	}.Page())
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
	filter, err := readFilter(r.PostForm, viewer(r).ID)
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
