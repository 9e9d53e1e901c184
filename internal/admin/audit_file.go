package admin

import (
	"context"
	"encoding/csv"
	"net/http"
	"time"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/page"
	"ahpfaculty/web/adminview"
)

const (
	// fileRows is how many rows are read and written at once: each query is short,
	// however long the file is.
	fileRows = 2000
	// fileWait is how long somebody may take to read that many.
	fileWait = time.Minute
)

// auditFile streams all that the filter chooses. It records that first: whoever
// gets a part of it has got it.
func (h *Handler) auditFile(w http.ResponseWriter, r *http.Request) error {
	filter, err := readAuditFilter(r.URL.Query())
	if err != nil {
		return err
	}
	rows, err := audit.List(r.Context(), h.deps.Pool, chosen(filter), fileRows)
	if err != nil {
		return err
	}
	names, err := h.auditNames(r.Context(), rows, "")
	if err != nil {
		return err
	}
	if err := audit.Record(r.Context(), h.deps.Pool, audit.Entry{
		ActorKind: audit.Staff, ActorID: viewer(r).ID, Action: "audit.export", SubjectKind: "audit",
		Outcome: audit.Done, RequestID: page.RequestID(r.Context()), Detail: filter.Query(),
	}); err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="audit.csv"`)
	header.Set("Cache-Control", "no-store")
	// A file takes as long as it takes: its own deadline stands for the request's,
	// and ends with whoever reads it.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	if err := h.writeAudit(ctx, w, filter, rows, names); err != nil {
		// Half a file must not look whole.
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (h *Handler) writeAudit(ctx context.Context, w http.ResponseWriter, filter adminview.AuditFilter, rows []audit.Row, names adminview.AuditNames) error {
	out := csv.NewWriter(w)
	if err := out.Write(names.Columns()); err != nil {
		return err
	}
	for {
		for _, row := range rows {
			if err := out.Write(names.Cells(row)); err != nil {
				return err
			}
		}
		out.Flush()
		if err := out.Error(); err != nil || len(rows) < fileRows {
			return err
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileWait)); err != nil {
			return err
		}
		filter.Before = rows[len(rows)-1].Place()
		var err error
		if rows, err = audit.List(ctx, h.deps.Pool, chosen(filter), fileRows); err != nil {
			return err
		}
		if names, err = h.auditNames(ctx, rows, ""); err != nil {
			return err
		}
	}
}
