package admin

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// retentionRuns is how many runs the page shows.
const retentionRuns = 25

func (h *Handler) retentionList(w http.ResponseWriter, r *http.Request) error {
	view := adminview.Retention{Frame: h.frame(r, "Retention", false), Notice: h.notice(r)}
	var err error
	if view.Rules, err = h.kept.Rules(r.Context()); err != nil {
		return err
	}
	if view.Latest, err = h.kept.Latest(r.Context()); err != nil {
		return err
	}
	if view.Runs, err = h.kept.Runs(r.Context(), retentionRuns); err != nil {
		return err
	}
	if view.Staff, err = h.staffNames(r.Context()); err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

func (h *Handler) retentionRule(w http.ResponseWriter, r *http.Request) error {
	return h.showRetentionRule(w, r, http.StatusOK, "", nil)
}

// showRetentionRule shows how long a kind of thing is kept and the form for
// another period; what was typed stays in it.
func (h *Handler) showRetentionRule(w http.ResponseWriter, r *http.Request, status int, typed string, errs validate.Errors) error {
	rule, err := h.readRetentionRule(r)
	if err != nil {
		return err
	}
	frame := h.frame(r, rule.Kind.Name(), errs.Any())
	return h.pages.Render(w, r, status, adminview.RetentionRule{
		Frame: under(frame, "Retention", adminview.RetentionURL()), Rule: rule, Typed: typed, Errors: errs,
	}.Page())
}

func (h *Handler) readRetentionRule(r *http.Request) (retention.Rule, error) {
	rules, err := h.kept.Rules(r.Context())
	if err != nil {
		return retention.Rule{}, err
	}
	kind := retention.Kind(chi.URLParam(r, "kind"))
	rule, found := rules.Of(kind)
	if !found {
		return rule, fmt.Errorf("nothing is kept of the kind %q: %w", kind, fault.NotFound)
	}
	return rule, nil
}

// retentionSet asks once more before it sets another period: a shorter one
// deletes at the next run.
func (h *Handler) retentionSet(w http.ResponseWriter, r *http.Request) error {
	rule, err := h.readRetentionRule(r)
	if err != nil {
		return err
	}
	// A number that is none is none that anybody saw.
	seen, _ := strconv.Atoi(r.PostForm.Get("seen"))
	change := retention.Change{Kind: rule.Kind, Period: validate.Line(r.PostForm.Get("period")), Seen: seen}
	if errs := change.Validate(rule); errs.Any() {
		return h.showRetentionRule(w, r, http.StatusUnprocessableEntity, change.Period, errs)
	}
	if r.PostForm.Get("confirmed") != interest.Yes {
		return h.confirmRetention(w, r, rule, change)
	}
	by := retention.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
	err = content.SetPeriod(r.Context(), *h.kept, by, change)
	if errors.Is(err, retention.ErrChanged) {
		return h.showRetentionRule(w, r, http.StatusConflict, change.Period, validate.Errors{{
			Field: "period", Message: "Look at the period again: somebody changed it while you had the form open",
		}})
	}
	if err != nil {
		return err
	}
	h.notify(r, rule.Kind.Name()+": kept for "+rule.In(change.Number()))
	return seeOther(w, r, adminview.RetentionURL())
}

// confirmRetention says how much would be deleted at the next run.
func (h *Handler) confirmRetention(w http.ResponseWriter, r *http.Request, rule retention.Rule, change retention.Change) error {
	next := rule
	next.Period = change.Number()
	rows, err := h.purge.Preview(r.Context(), next)
	if err != nil {
		return err
	}
	frame := h.frame(r, "Confirm the new period", false)
	return h.pages.Render(w, r, http.StatusOK, adminview.RetentionConfirm{
		Frame: under(frame, rule.Kind.Name(), adminview.RetentionRuleURL(string(rule.Kind))), Rule: rule, Change: change, Rows: rows,
	}.Page())
}
