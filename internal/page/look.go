package page

import (
	"net/http"
	"strconv"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// Looks is how often the page that is asked for has loaded itself by now; 0 where
// somebody asked for it.
func Looks(r *http.Request) int {
	if r.Method != http.MethodGet {
		return 0
	}
	looks, err := strconv.Atoi(r.URL.Query().Get(adminview.LooksField))
	if err != nil || looks < 0 {
		return 0
	}
	return min(looks, adminview.MostLooks)
}

// Attended stands before a session: what a page asks for by itself does not keep
// anybody signed in.
func Attended(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if Looks(r) > 0 {
			r = r.WithContext(staff.Unattended(r.Context()))
		}
		next.ServeHTTP(w, r)
	})
}
