package site

import (
	"net/http"
	"strings"

	"ahpfaculty/internal/content"
	"ahpfaculty/web/siteview"
)

// mostHits is how many things a search shows.
const mostHits = 40

// longestSearch is how many characters of a search are shown again.
const longestSearch = 200

// search is never kept: what people type has no end.
func (h *Handler) search(w http.ResponseWriter, r *http.Request) error {
	query := strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), ""))
	if runes := []rune(query); len(runes) > longestSearch {
		query = string(runes[:longestSearch])
	}
	base, err := h.base(r.Context(), r.URL.Path, "Search", "Search this site.", siteview.HomeCrumb)
	if err != nil {
		return err
	}
	base.Search = query
	var hits []content.Hit
	if query != "" {
		if hits, err = h.Content.Search(r.Context(), query, mostHits); err != nil {
			return err
		}
	}
	view := siteview.SearchView{Base: base, Query: query, Hits: hits, Most: mostHits}
	return h.Server.Render(w, r, http.StatusOK, siteview.Search(view))
}
