package admin

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

// importsTitle is the page where files of cases are uploaded.
const importsTitle = "Import expressions of interest"

// importsPage shows where a file of cases is uploaded.
func (h *Handler) importsPage(w http.ResponseWriter, r *http.Request) error {
	return h.showImports(w, r, http.StatusOK, nil)
}

func (h *Handler) showImports(w http.ResponseWriter, r *http.Request, status int, errs validate.Errors) error {
	files, err := h.intake.List(r.Context())
	if err != nil {
		return err
	}
	names, err := h.staffNames(r.Context())
	if err != nil {
		return err
	}
	return h.pages.Render(w, r, status, adminview.Imports{
		Frame:  under(h.frame(r, importsTitle, errs.Any()), "Expressions of interest", adminview.ExpressionsURL()),
		Notice: h.notice(r), Lost: page.TakeLostFile(r.Context(), h.sessions), Files: files, Staff: names, Errors: errs,
	}.Page())
}

// importUpload keeps a file, to be looked at before anything of it is imported.
func (h *Handler) importUpload(w http.ResponseWriter, r *http.Request) error {
	var errs validate.Errors
	file, chosen := page.FileOf(r)
	switch {
	case !chosen:
		errs.Add(adminview.FileField, "Select a file")
	case file.TooLarge:
		errs.Add(adminview.FileField, "The file must be 20 MB or smaller")
	}
	if errs.Any() {
		return h.showImports(w, r, http.StatusUnprocessableEntity, errs)
	}
	in, err := h.intake.Upload(r.Context(), caseBy(r), file.Name, file.Content)
	if words, known := h.refused(r, err); known {
		errs.Add(adminview.FileField, words)
		return h.showImports(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, adminview.ImportURL(in.ID))
}

// refused says why a file is not taken; false for every other error.
func (h *Handler) refused(r *http.Request, err error) (words string, known bool) {
	var same *intake.SameFileError
	var unreadable *sheet.UnreadableError
	switch {
	case errors.As(err, &same):
		names, _ := h.staffNames(r.Context()) // without them it still says when
		return adminview.SameFile(same, names), true
	case errors.As(err, &unreadable):
		return unreadable.Words, true
	}
	return "", false
}

// importHeadings is an empty file with the headings that we recognise.
func (h *Handler) importHeadings(w http.ResponseWriter, _ *http.Request) error {
	var columns []sheet.Column
	for _, f := range intake.Fields() {
		columns = append(columns, sheet.Column{Key: f.Key, Heading: f.Label})
	}
	file := newFile(w)
	file.begin(fileTypes[interest.CSV], "import-headings.csv", 0)
	out, err := sheet.NewCSV(file, columns)
	if err == nil {
		err = out.Close()
	}
	return file.end(err)
}

// importFile shows a file of cases: its columns to choose, how far its check or
// its import is, or what came of them.
func (h *Handler) importFile(w http.ResponseWriter, r *http.Request) error {
	in, err := h.intake.Get(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	asked := in.State == intake.Uploaded || (in.State == intake.Checked || in.State == intake.Failed) && r.URL.Query().Has("columns")
	return h.showImport(w, r, http.StatusOK, adminview.Import{File: in, Columns: asked, Mapping: in.Mapping, After: rowAfter(r, "after"), AfterCase: rowAfter(r, "after-case")})
}

// rowAfter is the row of a file after which a page begins; what is none is the
// first page.
func rowAfter(r *http.Request, name string) int {
	row, err := strconv.ParseInt(r.URL.Query().Get(name), 10, 32)
	if err != nil {
		return 0
	}
	return int(row)
}

func (h *Handler) showImport(w http.ResponseWriter, r *http.Request, status int, view adminview.Import) error {
	var err error
	if view.Columns {
		// The first values of its columns are people's.
		if err := h.viewed(r, "import", view.File.ID); err != nil {
			return err
		}
	}
	if view.Staff, err = h.staffNames(r.Context()); err != nil {
		return err
	}
	if (view.File.State == intake.Checked || view.File.State == intake.Imported) && !view.Columns {
		if view.Found, err = h.intake.Problems(r.Context(), view.File.ID, view.After); err != nil {
			return err
		}
	}
	if view.File.State == intake.Imported {
		if view.Cases, err = h.intake.Cases(r.Context(), view.File.ID, view.AfterCase); err != nil {
			return err
		}
	}
	if view.File.Busy() {
		view.Progress = progress(w, r, adminview.ImportURL(view.File.ID))
	}
	view.Notice = h.notice(r)
	view.Frame = under(h.frame(r, view.Title(), view.Errors.Any()), importsTitle, adminview.ImportsURL())
	return h.pages.Render(w, r, status, view.Page())
}

// importMap takes what the columns of a file are, and has its rows checked.
func (h *Handler) importMap(w http.ResponseWriter, r *http.Request) error {
	in, err := h.intake.Get(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	mapping := make([]string, len(in.Headings))
	for i := range mapping {
		mapping[i] = r.PostForm.Get(adminview.ColumnField(i))
	}
	if errs := adminview.MappingErrors(in, mapping); errs.Any() {
		return h.showImport(w, r, http.StatusUnprocessableEntity, adminview.Import{File: in, Columns: true, Mapping: mapping, Errors: errs})
	}
	if err := h.intake.Map(r.Context(), caseBy(r), in.ID, mapping); err != nil && !errors.Is(err, intake.ErrState) {
		return err
	}
	return seeOther(w, r, adminview.ImportURL(in.ID))
}

// importProblems sends all that was found in a file, as a file.
func (h *Handler) importProblems(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	found, err := h.intake.Problems(r.Context(), id, 0)
	if err != nil {
		return err
	}
	ctx, cancel := page.Unhurried(r.Context())
	defer cancel()
	file := newFile(w)
	file.begin(fileTypes[interest.CSV], "rows-to-look-at.csv", 0)
	out, err := sheet.NewCSV(file, []sheet.Column{{Heading: "Row of the file"}, {Heading: "Imported"}, {Heading: "What we found"}})
	for err == nil && len(found) > 0 {
		for _, f := range found {
			if err = out.Row([]any{f.Row, adminview.WillImport(f), strings.Join(adminview.FindingWords(f), "\n")}); err != nil {
				break
			}
		}
		if err == nil {
			found, err = h.intake.Problems(ctx, id, found[len(found)-1].Row)
		}
	}
	if err == nil {
		err = out.Close()
	}
	return file.end(err)
}

// importStart has the rows imported that are right. Whoever asks twice, or too
// late, sees where the file is.
func (h *Handler) importStart(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	err := h.intake.Import(r.Context(), caseBy(r), id, formVersion(r))
	if errors.Is(err, intake.ErrChoice) {
		h.notify(r, "Nothing is imported: somebody chose the columns again. Look at what would happen now")
	} else if err != nil && !errors.Is(err, intake.ErrState) {
		return err
	}
	return seeOther(w, r, adminview.ImportURL(id))
}

// importDiscard takes a file away of which nothing is imported.
func (h *Handler) importDiscard(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "id")
	err := h.intake.Discard(r.Context(), caseBy(r), id)
	if errors.Is(err, intake.ErrState) {
		return seeOther(w, r, adminview.ImportURL(id))
	}
	if err != nil {
		return err
	}
	h.notify(r, "The file is deleted. Nothing of it was imported")
	return seeOther(w, r, adminview.ImportsURL())
}

// originOf is the spreadsheet that a case came from; nil for none.
func (h *Handler) originOf(ctx context.Context, c interest.Case) (*intake.Origin, error) {
	if c.ImportRow == 0 {
		return nil, nil
	}
	origin, known, err := h.intake.Origin(ctx, c.ID)
	if err != nil || !known {
		return nil, err
	}
	return &origin, nil
}
