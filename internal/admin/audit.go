package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// auditRows is how many rows a page of the audit shows.
const auditRows = 50

func (h *Handler) audit(w http.ResponseWriter, r *http.Request) error {
	filter, err := readAuditFilter(r.URL.Query())
	if err != nil {
		return err
	}
	return h.showAudit(w, r, http.StatusOK, adminview.Audit{Filter: filter, Typed: adminview.AuditTyped{
		About: filter.About, From: slashed(filter.From), To: slashed(filter.To),
	}})
}

// auditFilter reads what was typed: it reaches the address only as an id and as
// dates, so that nothing else that somebody types can stand in one.
func (h *Handler) auditFilter(w http.ResponseWriter, r *http.Request) error {
	form := r.PostForm
	typed := adminview.AuditTyped{About: validate.Line(form.Get("about")), From: validate.Line(form.Get("from")), To: validate.Line(form.Get("to"))}
	filter, err := readAuditFilter(url.Values{"who": form["who"], "action": form["action"], "outcome": form["outcome"]})
	if err != nil {
		return err
	}
	var errs validate.Errors
	if filter.About, err = h.auditSubject(r.Context(), typed.About); errors.Is(err, fault.NotFound) {
		errs.Add("about", "Enter the reference of an expression, an enquiry or an offer that is still kept, such as K7M-4XPD")
	} else if err != nil {
		return err
	}
	filter.From, filter.To = auditDay(&errs, "from", "From", typed.From), auditDay(&errs, "to", "To", typed.To)
	if !errs.Any() && !filter.To.IsZero() && filter.To.Before(filter.From) {
		errs.Add("to", "To must be the same day as From or a later one")
	}
	if errs.Any() {
		return h.showAudit(w, r, http.StatusUnprocessableEntity, adminview.Audit{Filter: filter, Typed: typed, Errors: errs})
	}
	return seeOther(w, r, adminview.FilteredAuditURL(filter))
}

// auditSubject is the id that a reference stands for; an id is one already.
func (h *Handler) auditSubject(ctx context.Context, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	if id, err := uuid.Parse(typed); err == nil {
		return id.String(), nil
	}
	found, err := h.subject.Find(ctx, typed)
	return found.ID, err
}

// showAudit shows the rows of a filter that has no mistake.
func (h *Handler) showAudit(w http.ResponseWriter, r *http.Request, status int, view adminview.Audit) error {
	var err error
	if !view.Errors.Any() {
		// One more than is shown tells whether there are older ones.
		if view.Rows, err = audit.List(r.Context(), h.deps.Pool, chosen(view.Filter), auditRows+1); err != nil {
			return err
		}
	}
	if view.Older = len(view.Rows) > auditRows; view.Older {
		view.Rows = view.Rows[:auditRows]
	}
	if view.Accounts, err = h.staff.List(r.Context()); err != nil {
		return err
	}
	if view.Names, err = h.auditNames(r.Context(), view.Rows, view.Filter.About); err != nil {
		return err
	}
	if about := view.Names.Things[view.Filter.About]; about.Reference != "" {
		view.Typed.About = about.Reference
	}
	if view.State, err = audit.StateNow(r.Context(), h.deps.Pool); err != nil {
		return err
	}
	view.Frame = h.frame(r, "Audit", view.Errors.Any())
	return h.pages.Render(w, r, status, view.Page())
}

// auditNames is what the ids of rows stand for, and an id beside them.
func (h *Handler) auditNames(ctx context.Context, rows []audit.Row, beside string) (adminview.AuditNames, error) {
	var names adminview.AuditNames
	var err error
	if names.Staff, err = h.staffNames(ctx); err != nil {
		return names, err
	}
	ids := []string{}
	for _, id := range append([]string{beside}, subjects(rows)...) {
		if uuid.Validate(id) == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	names.Things, err = h.subject.Named(ctx, ids)
	return names, err
}

func subjects(rows []audit.Row) []string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.SubjectID)
	}
	return ids
}

// chosen is the filter of an address as the audit reads it.
func chosen(f adminview.AuditFilter) audit.Filter {
	filter := audit.Filter{Action: f.Action, Outcome: f.Outcome, SubjectID: f.About, Before: f.Before}
	switch f.Who {
	case "":
	case audit.Returner, audit.System, audit.Nobody:
		filter.ActorKind = f.Who
	default:
		filter.ActorKind, filter.ActorID = audit.Staff, f.Who
	}
	if !f.From.IsZero() {
		filter.From = f.From.Time()
	}
	if !f.To.IsZero() {
		filter.To = f.To.Time()
	}
	return filter
}

// readAuditFilter reads the filter of an address; one that no page of ours
// links to is an Invalid fault.
func readAuditFilter(values url.Values) (adminview.AuditFilter, error) {
	f := adminview.AuditFilter{Who: values.Get("who"), Action: values.Get("action"), Outcome: values.Get("outcome"), About: values.Get("about")}
	for name, wrong := range map[string]bool{
		"who":     f.Who != "" && !slices.Contains([]string{audit.Returner, audit.System, audit.Nobody}, f.Who) && uuid.Validate(f.Who) != nil,
		"action":  f.Action != "" && !adminview.KnownAction(f.Action),
		"outcome": f.Outcome != "" && f.Outcome != audit.Done && f.Outcome != audit.Refused,
		"about":   f.About != "" && uuid.Validate(f.About) != nil,
	} {
		if wrong {
			return f, fmt.Errorf("audit with an unknown %s: %w", name, fault.Invalid)
		}
	}
	for name, day := range map[string]*updating.Date{"from": &f.From, "to": &f.To} {
		if values.Get(name) == "" {
			continue
		}
		at, err := time.Parse(time.DateOnly, values.Get(name))
		if err != nil || at.Year() < firstYear {
			return f, fmt.Errorf("audit with an unknown day: %w", fault.Invalid)
		}
		*day = updating.DateOf(at)
	}
	if before := values.Get("before"); before != "" {
		var err error
		if f.Before, err = readPlace(before); err != nil {
			return f, err
		}
	}
	return f, nil
}

// firstYear is the year before which there is no audit.
const firstYear = 2000

// readPlace reads where a page of the audit ended.
func readPlace(text string) (audit.Place, error) {
	micros, row, _ := strings.Cut(text, ".")
	at, err := strconv.ParseInt(micros, 10, 64)
	id, wrong := strconv.ParseInt(row, 10, 64)
	place := audit.Place{At: time.UnixMicro(at), ID: id}
	if err != nil || wrong != nil || id < 1 || place.At.Year() < firstYear || place.At.Year() > 9999 {
		return audit.Place{}, fmt.Errorf("audit from below no row: %w", fault.Invalid)
	}
	return place, nil
}

// auditDay reads a day as it was typed, such as 20/11/2026; no date for nothing.
func auditDay(errs *validate.Errors, field, name, typed string) updating.Date {
	if typed == "" {
		return updating.Date{}
	}
	for _, layout := range []string{"2/1/2006", "2-1-2006", "2.1.2006", "2 1 2006", "2 January 2006", "2 Jan 2006", "2006-1-2"} {
		if t, err := time.Parse(layout, typed); err == nil && t.Year() >= firstYear {
			return updating.DateOf(t)
		}
	}
	errs.Add(field, name+" must be a real date, such as 20/11/2026")
	return updating.Date{}
}

// slashed is a day as somebody might have typed it.
func slashed(d updating.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2/1/2006")
}
