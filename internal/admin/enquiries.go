package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/adminview"
)

// enquiries is the list of enquiries, of which the open ones show at first.
func (h *Handler) enquiries(w http.ResponseWriter, r *http.Request) error {
	filter, err := readEnquiryFilter(r.URL.Query())
	if err != nil {
		return err
	}
	chosen := enquiry.Filter{State: enquiry.State(filter.State), Kind: filter.Kind, Page: filter.Page}
	switch filter.State {
	case "":
		chosen.State = enquiry.Open
	case adminview.AllStates:
		chosen.State = ""
	}
	list, err := h.enquiry.List(r.Context(), chosen)
	if err != nil {
		return err
	}
	if list.Number > list.Pages {
		filter.Page = list.Pages
		return seeOther(w, r, adminview.FilteredEnquiriesURL(filter))
	}
	counts, err := h.enquiry.Count(r.Context())
	if err != nil {
		return err
	}
	holidays, err := h.days.Holidays(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Enquiries{
		Frame: h.frame(r, "Enquiries", false), Notice: h.notice(r), Filter: filter, List: list, SetAside: counts.SetAside,
		HolidaysUntil: workday.KnownUntil(holidays), Today: h.enquiry.Today(),
	}.Page())
}

// readEnquiryFilter reads the filters of the list; one that no page of ours
// offers is an Invalid fault.
func readEnquiryFilter(values url.Values) (adminview.EnquiryFilter, error) {
	filter := adminview.EnquiryFilter{State: values.Get("state"), Kind: enquiry.Kind(values.Get("kind"))}
	if filter.State != "" && filter.State != adminview.AllStates && !enquiry.State(filter.State).Known() {
		return filter, fmt.Errorf("filter by an unknown state: %w", fault.Invalid)
	}
	if filter.Kind != "" && !filter.Kind.Known() {
		return filter, fmt.Errorf("filter by an unknown kind: %w", fault.Invalid)
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
