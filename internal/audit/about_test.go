package audit_test

import (
	"testing"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestLooksAtCountsWhatEachPersonDidToOneSubject(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	for _, e := range []audit.Entry{
		{ActorID: "ada", Action: "expression.view", SubjectID: "one", Outcome: audit.Done},
		{ActorID: "ada", Action: "expression.view", SubjectID: "one", Outcome: audit.Done},
		{ActorID: "ada", Action: "expression.move", SubjectID: "one", Outcome: audit.Done},
		{ActorID: "ben", Action: "expression.view", SubjectID: "one", Outcome: audit.Refused},
		{ActorID: "ben", Action: "expression.data", SubjectID: "one", Outcome: audit.Done},
		{ActorID: "ben", Action: "expression.view", SubjectID: "two", Outcome: audit.Done},
	} {
		e.ActorKind, e.SubjectKind = audit.Staff, "expression"
		if err := audit.Record(t.Context(), tx, e); err != nil {
			t.Fatalf("Record() = %v", err)
		}
	}
	got, err := audit.LooksAt(t.Context(), tx, "expression", "one", "expression.view", "expression.data")
	if err != nil || len(got) != 2 {
		t.Fatalf("LooksAt() = %+v, %v, want two", got, err)
	}
	if got[0].ActorID != "ben" || got[0].Action != "expression.data" || got[0].Times != 1 {
		t.Errorf("the last look is %+v, want ben's", got[0])
	}
	if got[1].ActorID != "ada" || got[1].Times != 2 || got[1].Last.Before(got[1].First) {
		t.Errorf("the other look is %+v, want ada's two", got[1])
	}
}
