package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/subject"
)

func TestEveryActionOfACaseHasWordsInTheAudit(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	actions := append(interest.Actions(), string(subject.ToRead), string(subject.ToDownload), string(subject.ToErase),
		"expression.send", "expression.mail-refused", "expression.erase")
	for _, action := range actions {
		err := audit.Record(t.Context(), p.pool, audit.Entry{
			ActorKind: audit.System, Action: action, SubjectKind: "expression", SubjectID: "one", Outcome: audit.Done,
		})
		if err != nil {
			t.Fatalf("Record(%s) = %v", action, err)
		}
	}
	lead, _ := p.signedIn(staff.Lead)
	rows := lead.Get("/admin/audit").Want(http.StatusOK).Has("tbody", "Move an expression to another stage").Text("tbody")
	for _, action := range actions {
		if strings.Contains(rows, action) {
			t.Errorf("the audit says %q, which has no words", action)
		}
	}
}
