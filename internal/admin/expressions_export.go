package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/adminview"
)

const (
	// exportsShown is how many of somebody's exports their page lists.
	exportsShown = 10
	// streamWait is how long whoever reads a file may take for a piece of it.
	streamWait = time.Minute
)

// expressionsExportPage says what the filter matches and which columns a file
// gets, and offers the formats.
func (h *Handler) expressionsExportPage(w http.ResponseWriter, r *http.Request) error {
	filter, own, err := h.exportFilter(r, r.URL.Query())
	if errors.Is(err, errSearchGone) {
		h.notify(r, "That search is no longer kept. Search again")
		return seeOther(w, r, adminview.ExpressionsURL())
	}
	if err != nil {
		return err
	}
	return h.showExport(w, r, http.StatusOK, adminview.Export{Filter: filter, Own: own, Format: string(interest.CSV), Names: "yes"})
}

// errSearchGone is a search whose text is not kept any more.
var errSearchGone = fmt.Errorf("the text of the search is not kept any more: %w", fault.Gone)

// exportFilter reads the filter of the queue. Whoever exports their own cases
// alone gets it narrowed to them; own is false where it asks for other cases.
func (h *Handler) exportFilter(r *http.Request, values url.Values) (filter adminview.Filter, own bool, err error) {
	filter, errs, err := readFilter(values, viewer(r).ID)
	if err == nil && errs.Any() {
		err = fmt.Errorf("an export of days that are none: %w", fault.Invalid)
	}
	if err != nil {
		return filter, false, err
	}
	filter.Cursor = interest.Cursor{}
	filter.Text, err = h.searchText(r.Context(), viewer(r).ID, filter.Search)
	if errors.Is(err, fault.NotFound) {
		err = errSearchGone
	}
	own = true
	if !viewer(r).Role.May(staff.ExportAll) {
		filter.Filter, own = filter.Own(viewer(r).ID)
	}
	return filter, own, err
}

func (h *Handler) showExport(w http.ResponseWriter, r *http.Request, status int, view adminview.Export) error {
	var err error
	view.Leads = viewer(r).Role.May(staff.ExportAll)
	if view.Own {
		if view.List, err = h.interest.List(r.Context(), view.Filter.Filter); err != nil {
			return err
		}
	}
	if view.Exports, err = h.interest.ExportsOf(r.Context(), viewer(r).ID, exportsShown); err != nil {
		return err
	}
	if view.Words, err = h.exportWords(r.Context()); err != nil {
		return err
	}
	frame := h.frame(r, "Export expressions of interest", view.Errors.Any())
	view.Frame = under(frame, "Expressions of interest", adminview.FilteredURL(view.Filter))
	return h.pages.Render(w, r, status, view.Page())
}

// exportWords are the names that slugs and ids stand for.
func (h *Handler) exportWords(ctx context.Context) (interest.ExportWords, error) {
	organisations, err := h.faculty.Organisations(ctx)
	if err != nil {
		return interest.ExportWords{}, err
	}
	words := interest.ExportWords{Organisations: map[string]string{}}
	for _, one := range organisations {
		words.Organisations[one.Slug] = one.Name
	}
	words.Staff, err = h.staffNames(ctx)
	return words, err
}

// expressionsExport sends a file of exactly what the filter matches, or orders
// one that takes longer.
func (h *Handler) expressionsExport(w http.ResponseWriter, r *http.Request) error {
	filter, own, err := h.exportFilter(r, r.PostForm)
	if err != nil {
		return err
	}
	view := adminview.Export{Filter: filter, Own: own, Format: r.PostForm.Get("format"), Names: r.PostForm.Get("names")}
	if !own {
		return fmt.Errorf("an export of cases that are not one's own: %w", fault.Forbidden)
	}
	if view.Errors = exportErrors(view); view.Errors.Any() {
		return h.showExport(w, r, http.StatusUnprocessableEntity, view)
	}
	order := interest.ExportOrder{
		Filter: filter.Filter, Search: filter.Search, Said: exportSaid(filter), Format: interest.ExportFormat(view.Format),
		Names: view.Names == interest.Yes, Leads: viewer(r).Role.May(staff.ExportAll), Nonce: page.Nonce(r),
	}
	if order.Format != interest.XLSX {
		return h.streamExport(w, r, order)
	}
	export, err := h.interest.Order(r.Context(), caseBy(r), order)
	if err != nil {
		return err
	}
	return seeOther(w, r, adminview.ExportedURL(export.ID))
}

func exportErrors(view adminview.Export) validate.Errors {
	var errs validate.Errors
	if interest.Label(interest.ExportFormats(), view.Format) == view.Format {
		errs.Add("format", "Select a kind of file")
	}
	if view.Names != interest.Yes && view.Names != interest.No {
		errs.Add("names", "Select whether names and contact details are in the file")
	}
	return errs
}

// exportSaid is the filter in closed words: of a search it says how many words
// there are, and not which.
func exportSaid(f adminview.Filter) string {
	query := f.Query()
	query.Del("search")
	if words := len(strings.Fields(f.Text)); words > 0 {
		query.Set("words", strconv.Itoa(words))
	}
	if len(query) == 0 {
		return "tab=" + string(interest.NeedsUs)
	}
	return query.Encode()
}

// streamExport sends the file while it is read. Whoever closes the window ends
// the query; half a file does not look whole.
func (h *Handler) streamExport(w http.ResponseWriter, r *http.Request, order interest.ExportOrder) error {
	words, err := h.exportWords(r.Context())
	if err != nil {
		return err
	}
	ctx, cancel := page.Unhurried(r.Context())
	defer cancel()
	file := newFile(w)
	err = h.exporter.Stream(ctx, caseBy(r), order, words, func(e interest.Export) (sheet.Writer, error) {
		file.begin(fileTypes[e.Format], e.FileName(), 0)
		columns := make([]sheet.Column, len(e.Columns()))
		for i, column := range e.Columns() {
			columns[i] = column.Column
		}
		if e.Format == interest.JSON {
			return sheet.NewJSON(file, columns)
		}
		return sheet.NewCSV(file, columns)
	})
	return file.end(err)
}

// expressionsExportOrdered shows how far a file is, and then where to get it.
func (h *Handler) expressionsExportOrdered(w http.ResponseWriter, r *http.Request) error {
	export, err := h.interest.ExportOf(r.Context(), viewer(r).ID, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	frame := h.frame(r, "Export of "+adminview.Moment(export.AskedAt), false)
	view := adminview.Exported{Frame: under(frame, "Export", adminview.ExportURL(adminview.Filter{})), Export: export}
	return h.pages.Render(w, r, http.StatusOK, view.Page())
}

// expressionsExportFile hands over a file that is ready, to whoever ordered it.
func (h *Handler) expressionsExportFile(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := page.Unhurried(r.Context())
	defer cancel()
	file := newFile(w)
	return file.end(h.interest.Fetch(ctx, caseBy(r), chi.URLParam(r, "id"), func(e interest.Export) (io.Writer, error) {
		file.begin(fileTypes[e.Format], e.FileName(), e.Size)
		return file, nil
	}))
}

// file is a response that takes as long as whoever reads it, piece by piece.
type file struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begun   bool
	sent    int
}

func newFile(w http.ResponseWriter) *file {
	return &file{w: w, control: http.NewResponseController(w)}
}

// fileTypes are what browsers are told of the formats.
var fileTypes = map[interest.ExportFormat]string{
	interest.CSV: "text/csv; charset=utf-8", interest.JSON: "application/json; charset=utf-8",
	interest.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// begin sends the head of the file; size is 0 where nobody knows it.
func (f *file) begin(kind, name string, size int64) {
	f.begun = true
	header := f.w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	header.Set("Cache-Control", "no-store")
	if size > 0 {
		header.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	// The server's limit for reading a request would end this one, as if its
	// client had gone.
	_ = f.control.SetReadDeadline(time.Time{})
	f.wait()
}

func (f *file) wait() { _ = f.control.SetWriteDeadline(time.Now().Add(streamWait)) }

// pieceBytes is after how many bytes a reader gets more time.
const pieceBytes = 64 << 10

// Write sends a piece.
func (f *file) Write(b []byte) (int, error) {
	if f.sent += len(b); f.sent >= pieceBytes {
		f.sent = 0
		f.wait()
	}
	return f.w.Write(b)
}

// end makes an error of what was not begun a page; half a file must not look
// whole.
func (f *file) end(err error) error {
	if err != nil && f.begun {
		panic(http.ErrAbortHandler)
	}
	return err
}
