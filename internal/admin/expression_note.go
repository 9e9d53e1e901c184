package admin

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

// expressionNote adds a note to a case.
func (h *Handler) expressionNote(w http.ResponseWriter, r *http.Request) error {
	note := interest.Note{
		Reference: chi.URLParam(r, "reference"), Text: r.PostForm.Get("note"), Nonce: page.Nonce(r),
	}
	if errs := note.Validate(); errs.Any() {
		c, err := h.interest.ByReference(r.Context(), note.Reference)
		if err != nil {
			return err
		}
		return h.showExpression(w, r, http.StatusUnprocessableEntity, adminview.Expression{Case: c, Note: note.Text, NoteErrors: errs})
	}
	if err := h.interest.AddNote(r.Context(), caseBy(r), note); err != nil {
		return err
	}
	h.notify(r, "Note added")
	return seeOther(w, r, adminview.ExpressionURL(note.Reference))
}
