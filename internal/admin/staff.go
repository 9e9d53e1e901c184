package admin

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
	"ahpfaculty/web/layout"
)

func (h *Handler) staffList(w http.ResponseWriter, r *http.Request) error {
	accounts, err := h.staff.List(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.StaffList{
		Frame: h.frame(r, "Staff", false), Notice: h.notice(r), Accounts: accounts,
	}.Page())
}

func underStaff(frame layout.Frame) layout.Frame { return under(frame, "Staff", adminview.StaffURL()) }

func (h *Handler) staffAddPage(w http.ResponseWriter, r *http.Request) error {
	return h.showStaffAdd(w, r, http.StatusOK, staff.NewAccount{}, nil)
}

func (h *Handler) showStaffAdd(w http.ResponseWriter, r *http.Request, status int, entered staff.NewAccount, errs validate.Errors) error {
	return h.pages.Render(w, r, status, adminview.StaffAdd{
		Frame: underStaff(h.frame(r, "Add a member of staff", errs.Any())), Entered: entered, Errors: errs,
	}.Page())
}

// staffAdd adds somebody, mails them an invitation, and shows a link of the
// same kind, for where mail does not reach.
func (h *Handler) staffAdd(w http.ResponseWriter, r *http.Request) error {
	entered := staff.NewAccount{
		Name: r.PostForm.Get("name"), Email: r.PostForm.Get("email"), Role: staff.Role(r.PostForm.Get("role")),
	}
	errs := entered.Validate()
	if errs.Any() {
		return h.showStaffAdd(w, r, http.StatusUnprocessableEntity, entered, errs)
	}
	account, err := h.staff.Add(r.Context(), by(r), entered)
	if errors.Is(err, staff.ErrEmailTaken) {
		errs.Add("email", "Enter another email address: there is an account with this one")
		return h.showStaffAdd(w, r, http.StatusUnprocessableEntity, entered, errs)
	}
	if err != nil {
		return err
	}
	return h.showNewLink(w, r, account, true)
}

func (h *Handler) staffLink(w http.ResponseWriter, r *http.Request) error {
	account, err := h.staff.ByID(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	return h.showNewLink(w, r, account, false)
}

// showNewLink shows a link in the answer to the form itself, not after a
// redirect: it is kept hashed only, so this is the one time it can be shown.
func (h *Handler) showNewLink(w http.ResponseWriter, r *http.Request, account staff.Account, invited bool) error {
	token, purpose, err := h.staff.NewLink(r.Context(), by(r), account.ID)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.StaffLink{
		Frame: underStaff(h.frame(r, "Link for "+account.Name, false)), Account: account, Purpose: purpose, Invited: invited,
		URL: h.deps.BaseURL + adminview.LinkURL(token),
	}.Page())
}

func (h *Handler) staffPerson(w http.ResponseWriter, r *http.Request) error {
	return h.showPerson(w, r, http.StatusOK, nil)
}

func (h *Handler) showPerson(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	account, err := h.staff.ByID(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	if err := h.viewed(r, "staff", account.ID); err != nil {
		return err
	}
	sessions, err := h.staff.ListSessions(r.Context(), account.ID)
	if err != nil {
		return err
	}
	identities, err := h.staff.Identities(r.Context(), account.ID)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.StaffPerson{
		Frame: underStaff(h.frame(r, account.Name, errs.Any())), Notice: h.notice(r), Account: account, Sessions: len(sessions), Errors: errs,
		Ways: h.ways(), Identities: identities,
	}.Page())
}

func (h *Handler) staffRole(w http.ResponseWriter, r *http.Request) error {
	role := staff.Role(r.PostForm.Get("role"))
	if !role.Known() {
		return h.showPerson(w, r, http.StatusUnprocessableEntity, validate.Errors{{Field: "role", Message: "Select what they will do"}})
	}
	return h.changePerson(w, r, "Their role is changed", func(id string) error {
		return h.staff.SetRole(r.Context(), by(r), id, role)
	})
}

func (h *Handler) staffEndSessions(w http.ResponseWriter, r *http.Request) error {
	return h.changePerson(w, r, "They are signed out everywhere", func(id string) error {
		return h.staff.EndSessions(r.Context(), by(r), id)
	})
}

func (h *Handler) staffResetFactor(w http.ResponseWriter, r *http.Request) error {
	return h.changePerson(w, r, "Their second factor is reset, and they are signed out. They set up a new one after their password", func(id string) error {
		return h.staff.ResetSecondFactor(r.Context(), by(r), id)
	})
}

func (h *Handler) staffDisable(w http.ResponseWriter, r *http.Request) error {
	return h.changePerson(w, r, "They can no longer sign in", func(id string) error {
		return h.staff.Disable(r.Context(), by(r), id)
	})
}

func (h *Handler) staffEnable(w http.ResponseWriter, r *http.Request) error {
	return h.changePerson(w, r, "They can sign in again", func(id string) error {
		return h.staff.Enable(r.Context(), by(r), id)
	})
}

// changePerson changes one account and says so on their page.
func (h *Handler) changePerson(w http.ResponseWriter, r *http.Request, done string, change func(id string) error) error {
	id := chi.URLParam(r, "id")
	err := change(id)
	if errors.Is(err, staff.ErrLastLead) {
		return h.showPerson(w, r, http.StatusConflict, validate.Errors{{
			Field: "role", Message: "Nobody else can sign in as a faculty lead. Make somebody else a lead first",
		}})
	}
	if err != nil {
		return err
	}
	h.notify(r, done)
	return seeOther(w, r, adminview.StaffPersonURL(id))
}
