package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// addressNotices say what was recorded.
var addressNotices = map[interest.EventKind]string{
	interest.EventBounced:     "Recorded: an email came back",
	interest.EventReachable:   "Recorded: the address works again",
	interest.EventReaddressed: "Email address corrected",
}

// expressionAddress makes the handler that records news of one kind about
// somebody's email address.
func (h *Handler) expressionAddress(kind interest.EventKind) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		news := readAddress(r, kind)
		c, err := h.interest.ByReference(r.Context(), news.Reference)
		if err != nil {
			return err
		}
		if errs := news.Validate(c.Answers.Email.Address); errs.Any() && c.Version == news.Version {
			return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Address: news, AddressErrors: errs})
		}
		err = h.interest.HearOfAddress(r.Context(), caseBy(r), news)
		if errors.Is(err, interest.ErrCaseChanged) {
			return h.showChanged(w, r, adminview.Expression{Address: news})
		}
		if err != nil {
			return err
		}
		h.notify(r, addressNotices[kind])
		return seeOther(w, r, adminview.ExpressionURL(c.Reference))
	}
}

func readAddress(r *http.Request, kind interest.EventKind) interest.AddressNews {
	return interest.AddressNews{
		Reference: chi.URLParam(r, "reference"), Version: formVersion(r), Kind: kind,
		Email: r.PostForm.Get("email"), Note: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
}
