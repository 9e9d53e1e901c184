package admin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/profession"
	"ahpfaculty/web/adminview"
)

// offersList is the list of offers of supervised practice, the open ones first.
func (h *Handler) offersList(w http.ResponseWriter, r *http.Request) error {
	filter, err := readOfferFilter(r.URL.Query())
	if err != nil {
		return err
	}
	list, err := h.offers.List(r.Context(), filter)
	if err != nil {
		return err
	}
	if list.Number > list.Pages {
		filter.Page = list.Pages
		return seeOther(w, r, adminview.FilteredOffersURL(filter))
	}
	counts, err := h.offers.Count(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Offers{
		Frame: h.frame(r, "Offers of supervised practice", false), Notice: h.notice(r), Filter: filter, List: list, SetAside: counts.SetAside,
	}.Page())
}

// readOfferFilter reads the filters of the list; one that no page of ours offers
// is an Invalid fault.
func readOfferFilter(values url.Values) (offer.Filter, error) {
	filter := offer.Filter{State: offer.State(values.Get("state")), Profession: values.Get("profession")}
	if filter.State != "" && !filter.State.Known() {
		return filter, fmt.Errorf("filter by an unknown state: %w", fault.Invalid)
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

func (h *Handler) offerPage(w http.ResponseWriter, r *http.Request) error {
	c, err := h.offers.ByReference(r.Context(), chi.URLParam(r, "reference"))
	if err != nil {
		return err
	}
	return h.showOffer(w, r, http.StatusOK, adminview.Offer{Case: c})
}

// showOffer shows what a contact sent, which is in the audit each time. The view
// it is given has the offer and what was typed and is wrong with it.
func (h *Handler) showOffer(w http.ResponseWriter, r *http.Request, status int, view adminview.Offer) error {
	if err := h.offers.View(r.Context(), offerBy(r), view.Case.ID); err != nil {
		return err
	}
	names, err := h.staffNames(r.Context())
	if err != nil {
		return err
	}
	frame := h.frame(r, "Offer "+view.Case.Reference, view.ChangeErrors.Any() || view.NoteErrors.Any())
	view.Frame = under(frame, "Offers of supervised practice", adminview.OffersURL())
	view.Notice, view.Staff = h.notice(r), names
	return h.pages.Render(w, r, status, view.Page())
}

// offerBy is on whose behalf a request reads or changes an offer.
func offerBy(r *http.Request) offer.By {
	return offer.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
}

// offerChange changes where an offer stands. Where somebody else changed it
// since the page was opened, the page comes back with what they changed and
// what was typed here.
func (h *Handler) offerChange(w http.ResponseWriter, r *http.Request) error {
	change := readOfferChange(r)
	c, err := h.offers.ByReference(r.Context(), change.Reference)
	if err != nil {
		return err
	}
	if errs := change.Validate(); errs.Any() && c.Version == change.Version {
		return h.showOffer(w, r, http.StatusUnprocessableEntity, adminview.Offer{Case: c, Change: change, ChangeErrors: errs})
	}
	err = h.offers.Change(r.Context(), offerBy(r), change)
	if errors.Is(err, offer.ErrChanged) {
		return h.showOfferChanged(w, r, change)
	}
	if err != nil {
		return err
	}
	h.notify(r, c.Reference+" is now: "+change.To.Name())
	return seeOther(w, r, adminview.OfferURL(c.Reference))
}

func readOfferChange(r *http.Request) offer.Change {
	// A version that is no number is none that an offer has.
	version := formVersion(r)
	return offer.Change{
		Reference: chi.URLParam(r, "reference"), Version: version, To: offer.State(r.PostForm.Get("to")),
		Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
}

// showOfferChanged shows the offer as it is now, with what happened since the
// form was opened.
func (h *Handler) showOfferChanged(w http.ResponseWriter, r *http.Request, change offer.Change) error {
	c, err := h.offers.ByReference(r.Context(), change.Reference)
	if err != nil {
		return err
	}
	seen, _ := strconv.ParseInt(r.PostForm.Get("seen"), 10, 64)
	return h.showOffer(w, r, http.StatusConflict, adminview.Offer{Case: c, Change: change, Changed: true, Seen: seen})
}

// offerNote adds a note to an offer.
func (h *Handler) offerNote(w http.ResponseWriter, r *http.Request) error {
	note := offer.Note{Reference: chi.URLParam(r, "reference"), Text: r.PostForm.Get("note"), Nonce: page.Nonce(r)}
	if errs := note.Validate(); errs.Any() {
		c, err := h.offers.ByReference(r.Context(), note.Reference)
		if err != nil {
			return err
		}
		return h.showOffer(w, r, http.StatusUnprocessableEntity, adminview.Offer{Case: c, Note: note.Text, NoteErrors: errs})
	}
	if err := h.offers.AddNote(r.Context(), offerBy(r), note); err != nil {
		return err
	}
	h.notify(r, "Note added")
	return seeOther(w, r, adminview.OfferURL(note.Reference))
}
