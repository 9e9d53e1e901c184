package admin

import (
	"errors"
	"net/http"

	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// noticesPage shows what somebody is told by email.
func (h *Handler) noticesPage(w http.ResponseWriter, r *http.Request) error {
	choices, err := h.notices.Choices(r.Context(), viewer(r).ID)
	if err != nil {
		return err
	}
	return h.showNotices(w, r, http.StatusOK, choices, nil)
}

func (h *Handler) showNotices(w http.ResponseWriter, r *http.Request, status int, choices notice.Choices, errs validate.Errors) error {
	frame := under(h.frame(r, "What you are told by email", errs.Any()), "Your account", adminview.AccountURL())
	return h.pages.Render(w, r, status, adminview.Notices{
		Frame: frame, Notice: h.notice(r), Choices: choices, Errors: errs, MaySetMailbox: viewer(r).Role.May(staff.ManageStaff),
	}.Page())
}

// noticesChoose keeps what somebody is told.
func (h *Handler) noticesChoose(w http.ResponseWriter, r *http.Request) error {
	choices := readChoices(r, notice.Kinds())
	if errs := choices.Validate(); errs.Any() {
		return h.showNotices(w, r, http.StatusUnprocessableEntity, choices, errs)
	}
	if err := h.notices.Choose(r.Context(), by(r), choices); err != nil {
		return err
	}
	h.notify(r, "What you are told by email is saved")
	return seeOther(w, r, adminview.NoticesURL())
}

func readChoices(r *http.Request, kinds []notice.Kind) notice.Choices {
	choices := notice.Choices{}
	for _, kind := range kinds {
		choices[kind] = notice.How(r.PostForm.Get(string(kind)))
	}
	return choices
}

// mailboxPage shows the mailbox that several people read.
func (h *Handler) mailboxPage(w http.ResponseWriter, r *http.Request) error {
	mailbox, err := h.notices.Mailbox(r.Context())
	if err != nil {
		return err
	}
	return h.showMailbox(w, r, http.StatusOK, mailbox, nil)
}

func (h *Handler) showMailbox(w http.ResponseWriter, r *http.Request, status int, mailbox notice.Mailbox, errs validate.Errors) error {
	names, err := h.staffNames(r.Context())
	if err != nil {
		return err
	}
	frame := under(h.frame(r, "The shared mailbox", errs.Any()), "What you are told by email", adminview.NoticesURL())
	return h.pages.Render(w, r, status, adminview.Mailbox{Frame: frame, Notice: h.notice(r), Mailbox: mailbox, Staff: names, Errors: errs}.Page())
}

// mailboxSet sets the mailbox.
func (h *Handler) mailboxSet(w http.ResponseWriter, r *http.Request) error {
	now, err := h.notices.Mailbox(r.Context())
	if err != nil {
		return err
	}
	typed := now
	typed.Email, typed.Choices = validate.Line(r.PostForm.Get("email")), readChoices(r, notice.MailboxKinds())
	typed.Version = formVersion(r)
	if errs := typed.Validate(); errs.Any() {
		return h.showMailbox(w, r, http.StatusUnprocessableEntity, typed, errs)
	}
	err = notice.ErrChanged
	if typed.Version == now.Version {
		err = h.notices.SetMailbox(r.Context(), by(r), typed)
	}
	if errors.Is(err, notice.ErrChanged) {
		typed.Version = now.Version
		return h.showMailbox(w, r, http.StatusConflict, typed, validate.Errors{{Field: "email", Message: "Somebody else set the mailbox since you opened this page. Check it and save again"}})
	}
	if err != nil {
		return err
	}
	h.notify(r, "The shared mailbox is saved")
	return seeOther(w, r, adminview.MailboxURL())
}
