package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// today is the day in England.
func (h *Handler) today() updating.Date { return interest.DayOf(h.deps.Now()) }

func rulesBy(r *http.Request) updating.By {
	return updating.By{StaffID: viewer(r).ID, RequestID: page.RequestID(r.Context())}
}

func (h *Handler) rulesList(w http.ResponseWriter, r *http.Request) error {
	book, err := h.rules.Book(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, http.StatusOK, adminview.Rules{
		Frame: h.frame(r, "Rules and figures", false), Notice: h.notice(r), Entries: book.Entries(h.today()), Today: h.today(),
	}.Page())
}

// rulesCheck records that a figure or a rule was compared with its source.
func (h *Handler) rulesCheck(w http.ResponseWriter, r *http.Request) error {
	kind, slug, _ := strings.Cut(r.PostForm.Get(adminview.EntryField), " ")
	err := h.changeRules(r.Context(), func(rules *updating.Store) error {
		switch kind {
		case updating.EntryFigure:
			return rules.CheckFigure(r.Context(), rulesBy(r), slug, h.today())
		case updating.EntryRule:
			return rules.CheckRule(r.Context(), rulesBy(r), slug, h.today())
		}
		return fmt.Errorf("nothing of the kind %q is checked: %w", kind, fault.Invalid)
	})
	if err != nil {
		return err
	}
	h.notify(r, "Checked today")
	return seeOther(w, r, adminview.RulesURL())
}

func (h *Handler) changeRules(ctx context.Context, change func(rules *updating.Store) error) error {
	return content.ChangeRules(ctx, h.deps.Pool, change)
}

func (h *Handler) figure(w http.ResponseWriter, r *http.Request) error {
	return h.showFigure(w, r, http.StatusOK, updating.NewValue{}, nil)
}

// showFigure shows a figure's values and the form for another; what was typed
// stays in it.
func (h *Handler) showFigure(w http.ResponseWriter, r *http.Request, status int, typed updating.NewValue, errs validate.Errors) error {
	book, figure, err := h.readFigure(r)
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.Figure{
		Frame:  under(h.frame(r, figure.Name, errs.Any()), "Rules and figures", adminview.RulesURL()),
		Figure: figure, Book: book, Today: h.today(), Typed: typed, Errors: errs,
	}.Page())
}

func (h *Handler) readFigure(r *http.Request) (updating.Book, updating.Figure, error) {
	book, err := h.rules.Book(r.Context())
	if err != nil {
		return book, updating.Figure{}, err
	}
	figure, known := book.Figure(chi.URLParam(r, "slug"))
	if !known {
		return book, figure, fmt.Errorf("no figure %q: %w", chi.URLParam(r, "slug"), fault.NotFound)
	}
	return book, figure, nil
}

// figureSet asks once more before it gives a figure another value: every page
// of the portal shows it from then on.
func (h *Handler) figureSet(w http.ResponseWriter, r *http.Request) error {
	book, figure, err := h.readFigure(r)
	if err != nil {
		return err
	}
	n := readNewValue(r)
	if errs := n.Validate(book, h.today()); errs.Any() {
		return h.showFigure(w, r, http.StatusUnprocessableEntity, n, errs)
	}
	if r.PostForm.Get("confirmed") != interest.Yes {
		return h.pages.Render(w, r, http.StatusOK, adminview.FigureConfirm{
			Frame:  under(h.frame(r, "Confirm the new value", false), figure.Name, adminview.FigureURL(figure.Slug)),
			Figure: figure, New: n, Before: figure.On(n.From()), Source: book.Source(n.Source), Reworded: book.Reworded(n),
		}.Page())
	}
	err = h.changeRules(r.Context(), func(rules *updating.Store) error {
		return rules.Set(r.Context(), rulesBy(r), n, h.today())
	})
	if errors.Is(err, updating.ErrChanged) {
		return h.showFigure(w, r, http.StatusConflict, n, validate.Errors{{
			Field: "value", Message: "Look at the values again: somebody changed them while you had the form open",
		}})
	}
	if err != nil {
		return err
	}
	h.notify(r, fmt.Sprintf("%s: %s from %s", figure.Name, figure.Words(n.Number()), n.From().Words()))
	return seeOther(w, r, adminview.RulesURL())
}

func readNewValue(r *http.Request) updating.NewValue {
	field := func(name string) string { return validate.Line(r.PostForm.Get(name)) }
	return updating.NewValue{
		Figure: chi.URLParam(r, "slug"), Edition: field("edition"), Value: field("value"),
		Day: field("day"), Month: field("month"), Year: field("year"), Source: field("source"),
	}
}
