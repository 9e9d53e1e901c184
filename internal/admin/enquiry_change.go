package admin

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// enquiryChange marks an enquiry as answered, opens it again or sets it aside.
// Where somebody else changed it since the page was opened, the page comes back
// with what they changed and what was typed here.
func (h *Handler) enquiryChange(w http.ResponseWriter, r *http.Request) error {
	change := readChange(r)
	c, err := h.enquiry.ByReference(r.Context(), change.Reference)
	if err != nil {
		return err
	}
	if errs := change.Validate(); errs.Any() && c.Version == change.Version {
		return h.showEnquiry(w, r, http.StatusUnprocessableEntity, adminview.Enquiry{Case: c, Change: change, ChangeErrors: errs})
	}
	err = h.enquiry.Change(r.Context(), enquiryBy(r), change)
	if errors.Is(err, enquiry.ErrChanged) {
		return h.showEnquiryChanged(w, r, change)
	}
	if err != nil {
		return err
	}
	h.notify(r, c.Reference+" is now: "+change.To.Name())
	return seeOther(w, r, adminview.EnquiryURL(c.Reference))
}

func readChange(r *http.Request) enquiry.Change {
	// A version that is no number is none that an enquiry has.
	version := formVersion(r)
	return enquiry.Change{
		Reference: chi.URLParam(r, "reference"), Version: version, To: enquiry.State(r.PostForm.Get("to")),
		How: enquiry.How(r.PostForm.Get("how")), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
}

// showEnquiryChanged shows the enquiry as it is now, with what happened since
// the form was opened.
func (h *Handler) showEnquiryChanged(w http.ResponseWriter, r *http.Request, change enquiry.Change) error {
	c, err := h.enquiry.ByReference(r.Context(), change.Reference)
	if err != nil {
		return err
	}
	seen, _ := strconv.ParseInt(r.PostForm.Get("seen"), 10, 64)
	return h.showEnquiry(w, r, http.StatusConflict, adminview.Enquiry{Case: c, Change: change, Changed: true, Seen: seen})
}

// enquiryNote adds a note to an enquiry.
func (h *Handler) enquiryNote(w http.ResponseWriter, r *http.Request) error {
	note := enquiry.Note{Reference: chi.URLParam(r, "reference"), Text: r.PostForm.Get("note"), Nonce: page.Nonce(r)}
	if errs := note.Validate(); errs.Any() {
		c, err := h.enquiry.ByReference(r.Context(), note.Reference)
		if err != nil {
			return err
		}
		return h.showEnquiry(w, r, http.StatusUnprocessableEntity, adminview.Enquiry{Case: c, Note: note.Text, NoteErrors: errs})
	}
	if err := h.enquiry.AddNote(r.Context(), enquiryBy(r), note); err != nil {
		return err
	}
	h.notify(r, "Note added")
	return seeOther(w, r, adminview.EnquiryURL(note.Reference))
}
