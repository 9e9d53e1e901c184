package admin

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

func (h *Handler) enquiryPage(w http.ResponseWriter, r *http.Request) error {
	c, err := h.enquiry.ByReference(r.Context(), chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	return h.showEnquiry(w, r, http.StatusOK, adminview.Enquiry{Case: c})
}

// showEnquiry shows what a person sent, which is in the audit each time. The
// view it is given has the enquiry and what was typed and is wrong with it.
func (h *Handler) showEnquiry(w http.ResponseWriter, r *http.Request, status int, view adminview.Enquiry) error {
	if err := h.enquiry.View(r.Context(), enquiryBy(r), view.Case.ID); err != nil {
		return err
	}
	names, err := h.staffNames(r.Context())
	if err != nil {
		return err
	}
	frame := h.frame(r, "Enquiry "+view.Case.Reference, view.ChangeErrors.Any() || view.NoteErrors.Any())
	view.Frame = under(frame, "Enquiries", adminview.EnquiriesURL())
	view.Notice, view.Staff, view.Today = h.notice(r), names, h.enquiry.Today()
	return h.pages.Render(w, r, status, view.Page())
}

// enquiryBy is on whose behalf a request reads or changes an enquiry.
func enquiryBy(r *http.Request) enquiry.By {
	return enquiry.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
}
