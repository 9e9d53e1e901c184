package page_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

func TestLooksAreThoseOfAPageThatLoadsItself(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]int{
		"": 0, "?look=": 0, "?look=0": 0, "?look=-1": 0, "?look=x": 0, "?look=1": 1, "?look=11&look=7": 11,
		"?look=100000": adminview.MostLooks, "?look=99999999999999999999999": 0,
	} {
		if got := page.Looks(httptest.NewRequest(http.MethodGet, "/admin"+query, nil)); got != want {
			t.Errorf("Looks(%s) = %d, want %d", query, got, want)
		}
	}
	if got := page.Looks(httptest.NewRequest(http.MethodPost, "/admin?look=5", nil)); got != 0 {
		t.Errorf("Looks of a form = %d, want 0: somebody sends it", got)
	}
}
