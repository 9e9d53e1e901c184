package audit

import (
	"bytes"
	"testing"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestTheDatabaseAndTheProgramHashAlike(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	for _, e := range []Entry{
		{ActorKind: System, Action: "test.run", Outcome: Done},
		{ActorKind: Staff, ActorID: "a,1:b", Action: "ø.ü", SubjectKind: "1:x,", SubjectID: "日本\x1f\n", Outcome: Refused, RequestID: "'\\", Detail: "a=b&c=%20"},
	} {
		mustRecord(t, pool, e)
		mustSeal(t, pool)
	}
	if sealed, err := Seal(t.Context(), pool); err != nil || sealed.Rows != 0 {
		t.Errorf("Seal() of nothing = %+v, %v, want none", sealed, err)
	}
	rows, err := postgres.List[record](t.Context(), pool, selectRecords+` order by era, xid, id`)
	if err != nil {
		t.Fatal(err)
	}
	seals, err := postgres.List[seal](t.Context(), pool, selectSeals+` order by sequence`)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || len(seals) != 2 {
		t.Fatalf("%d rows and %d seals, want 2 and 2", len(rows), len(seals))
	}
	var before []byte
	for _, s := range seals {
		if !s.whole() || !bytes.Equal(s.hash(before), s.Hash) {
			t.Errorf("seal %d does not verify: %+v", s.Sequence, s)
		}
		for i, digest := range s.Digests {
			if !bytes.Equal(rows[i].digest(), digest) {
				t.Errorf("row %d has another digest in the database", rows[i].ID)
			}
		}
		rows, before = rows[s.Rows:], s.Hash
	}
}

func mustRecord(t *testing.T, db postgres.DB, e Entry) {
	t.Helper()
	if err := Record(t.Context(), db, e); err != nil {
		t.Fatalf("Record(%+v) = %v", e, err)
	}
}
