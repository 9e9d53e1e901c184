package admin

import (
	"net/http"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/page"
)

// viewed records that somebody looked at the record of a person, each time that
// they do.
func (h *Handler) viewed(r *http.Request, kind, id string) error {
	return audit.Record(r.Context(), h.deps.Pool, audit.Entry{
		ActorKind: audit.Staff, ActorID: viewer(r).ID, Action: kind + ".view",
		SubjectKind: kind, SubjectID: id, Outcome: audit.Done, RequestID: page.RequestID(r.Context()),
	})
}
