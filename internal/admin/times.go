package admin

import (
	"errors"
	"fmt"
	"net/http"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/adminview"
)

func (h *Handler) times(w http.ResponseWriter, r *http.Request) error {
	return h.showTimes(w, r, http.StatusOK, adminview.Times{})
}

// showTimes shows every time that counts in working days, with the forms that
// set them. The view it is given has what was typed and is wrong with it.
func (h *Handler) showTimes(w http.ResponseWriter, r *http.Request, status int, view adminview.Times) error {
	var err error
	if view.Limits, err = h.interest.StageLimits(r.Context()); err != nil {
		return err
	}
	if view.Details, err = h.faculty.Details(r.Context()); err != nil {
		return err
	}
	if view.Holidays, err = h.days.Holidays(r.Context()); err != nil {
		return err
	}
	if view.Staff, err = h.staffNames(r.Context()); err != nil {
		return err
	}
	view.Frame, view.Notice, view.Today = h.frame(r, "Times and bank holidays", len(view.Errors()) > 0), h.notice(r), h.today()
	return h.pages.Render(w, r, status, view.Page())
}

func (h *Handler) stageLimitsSet(w http.ResponseWriter, r *http.Request) error {
	form := interest.NewStageLimits{Edition: r.PostForm.Get("edition"), Days: map[interest.Stage]string{}}
	for _, info := range interest.Stages() {
		form.Days[info.Stage] = validate.Line(r.PostForm.Get(string(info.Stage)))
	}
	errs := form.Validate()
	if errs.Any() {
		return h.showTimes(w, r, http.StatusUnprocessableEntity, adminview.Times{NewLimits: &form, LimitErrors: errs})
	}
	err := h.interest.SetStageLimits(r.Context(), caseBy(r), form)
	if errors.Is(err, interest.ErrLimitsChanged) {
		errs.Add(string(interest.Received), changedTimes)
		return h.showTimes(w, r, http.StatusConflict, adminview.Times{NewLimits: &form, LimitErrors: errs})
	}
	if err != nil {
		return err
	}
	h.notify(r, "How long stages may take: saved"+daysFollow)
	return seeOther(w, r, adminview.TimesURL())
}

// daysFollow says that many cases are not worked out at once.
const daysFollow = ". The days by which open cases are due follow within minutes"

// changedTimes says that a form is older than what it would change.
const changedTimes = "Look at the times again: somebody changed them while you had the form open"

func (h *Handler) replyTimesSet(w http.ResponseWriter, r *http.Request) error {
	form := faculty.NewReplyTimes{
		Edition: r.PostForm.Get("edition"), Usual: validate.Line(r.PostForm.Get("usual")),
		Accessibility: validate.Line(r.PostForm.Get("accessibility")),
	}
	errs := form.Validate()
	if errs.Any() {
		return h.showTimes(w, r, http.StatusUnprocessableEntity, adminview.Times{NewReply: &form, ReplyErrors: errs})
	}
	by := faculty.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
	err := content.SetReplyTimes(r.Context(), h.deps.Pool, by, form)
	if errors.Is(err, faculty.ErrReplyTimesChanged) {
		errs.Add("usual", changedTimes)
		return h.showTimes(w, r, http.StatusConflict, adminview.Times{NewReply: &form, ReplyErrors: errs})
	}
	if err != nil {
		return err
	}
	h.notify(r, "When the faculty replies: saved"+daysFollow)
	return seeOther(w, r, adminview.TimesURL())
}

func holidayBy(r *http.Request) workday.By {
	return workday.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
}

func (h *Handler) holidayAdd(w http.ResponseWriter, r *http.Request) error {
	field := func(name string) string { return validate.Line(r.PostForm.Get(name)) }
	form := workday.NewHoliday{Day: field("day"), Month: field("month"), Year: field("year"), Name: field("name")}
	errs := form.Validate(h.today())
	if errs.Any() {
		return h.showTimes(w, r, http.StatusUnprocessableEntity, adminview.Times{NewHoliday: form, HolidayErrors: errs})
	}
	err := h.days.Add(r.Context(), holidayBy(r), form, h.today())
	if errors.Is(err, workday.ErrKnown) {
		errs.Add("day", form.Holiday().Day.Words()+" is in the list already, by another name")
		return h.showTimes(w, r, http.StatusConflict, adminview.Times{NewHoliday: form, HolidayErrors: errs})
	}
	if err != nil {
		return err
	}
	h.notify(r, "Bank holiday added: "+form.Holiday().Day.Words()+daysFollow)
	return seeOther(w, r, adminview.TimesURL())
}

func (h *Handler) holidayRemove(w http.ResponseWriter, r *http.Request) error {
	var day updating.Date
	if err := day.UnmarshalText([]byte(r.PostForm.Get(adminview.HolidayField))); err != nil || day.IsZero() {
		return fmt.Errorf("removing a bank holiday of no date: %w", fault.Invalid)
	}
	if err := h.days.Remove(r.Context(), holidayBy(r), day); err != nil {
		return err
	}
	h.notify(r, "Bank holiday removed: "+day.Words()+daysFollow)
	return seeOther(w, r, adminview.TimesURL())
}
