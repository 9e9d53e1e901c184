package site

import (
	"errors"
	"math"
	"net/http"
	"strconv"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
)

// formKey is the key of the form that is shown. One that comes back keeps
// its key as long as it may: nothing was done with it, and the time in which it
// was filled in counts from when it was shown first.
func formKey(r *http.Request) string {
	if r.Method == http.MethodPost && !page.KeyTooOld(r) {
		return r.PostForm.Get(page.FormKeyField)
	}
	return page.PublicFormKey(r.Context(), r.URL.Path)
}

// waitFor says how long whoever sent too much has to wait, in words for the page
// and in a header for programs; "" where the error is another one, or none.
func waitFor(w http.ResponseWriter, err error) string {
	var wait *fault.WaitError
	if !errors.As(err, &wait) || !errors.Is(err, fault.Limited) {
		return ""
	}
	seconds := max(1, int(math.Ceil(wait.After.Seconds())))
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	return page.InWords(seconds)
}
