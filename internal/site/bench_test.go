package site

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"ahpfaculty/internal/postgres/postgrestest"
)

// BenchmarkProfessionPage measures a page as a browser asks for it: made from
// the database, and sent from memory.
func BenchmarkProfessionPage(b *testing.B) {
	h := newHandler(b, postgrestest.NewDatabase(b))
	router := newRouter(h)
	ask := func(b *testing.B) {
		r := httptest.NewRequest(http.MethodGet, "/professions/radiographers", nil)
		r.Header.Set("Accept-Encoding", "gzip, deflate, br")
		for b.Loop() {
			w := httptest.NewRecorder()
			router.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatalf("GET = %d, want 200", w.Code)
			}
		}
	}
	b.Run("made", ask)
	h.shelf.hear(true)
	b.Run("kept", ask)
}
