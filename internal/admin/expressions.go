package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// longestSearch is how many characters of a search are kept.
const longestSearch = 200

func (h *Handler) expressions(w http.ResponseWriter, r *http.Request) error {
	filter, err := readFilter(r.URL.Query())
	if err != nil {
		return err
	}
	text, err := h.searchText(r.Context(), viewer(r).ID, filter.Search)
	if errors.Is(err, fault.NotFound) {
		h.notify(r, "That search is no longer kept. Search again")
		filter.Search = ""
		return seeOther(w, r, adminview.FilteredURL(filter))
	}
	if err != nil {
		return err
	}
	list, err := h.interest.List(r.Context(), interest.Filter{
		Stage: filter.Stage, Profession: filter.Profession, SetAside: filter.SetAside, Text: text, Page: filter.Page,
	})
	if err != nil {
		return err
	}
	if list.Number > list.Pages {
		filter.Page = list.Pages
		return seeOther(w, r, adminview.FilteredURL(filter))
	}
	aside, err := h.interest.CountSetAside(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Expressions{
		Frame: h.frame(r, "Expressions of interest", false), Notice: h.notice(r), Filter: filter, Text: text, List: list, SetAside: aside,
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
	filter, err := readFilter(r.PostForm)
	if err != nil {
		return err
	}
	filter.Page, filter.Search = 0, ""
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

// readFilter reads the filters of the list; one that no page of ours offers is
// an Invalid fault.
func readFilter(values url.Values) (adminview.Filter, error) {
	filter := adminview.Filter{
		Stage: interest.Stage(values.Get("stage")), Profession: values.Get("profession"), Search: values.Get("search"),
		SetAside: values.Get(adminview.SetAsideField) == "yes",
	}
	if filter.Stage != "" && !filter.Stage.Known() {
		return filter, fmt.Errorf("filter by an unknown stage: %w", fault.Invalid)
	}
	if _, known := profession.BySlug(filter.Profession); filter.Profession != "" && !known {
		return filter, fmt.Errorf("filter by an unknown profession: %w", fault.Invalid)
	}
	if number := values.Get("page"); number != "" {
		page, err := strconv.Atoi(number)
		if err != nil || page < 1 {
			return filter, fmt.Errorf("page that is no number: %w", fault.Invalid)
		}
		filter.Page = page
	}
	return filter, nil
}
