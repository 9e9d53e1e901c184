package faculty_test

import (
	"errors"
	"testing"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestReplyTimesAreSetOnceAndRecorded(t *testing.T) {
	t.Parallel()
	store, by := &faculty.Store{DB: postgrestest.Tx(t)}, faculty.By{StaffID: "sam"}
	if err := store.SetReplyTimes(t.Context(), by, faculty.NewReplyTimes{}); !errors.Is(err, fault.NotFound) {
		t.Errorf("SetReplyTimes before any content = %v, want NotFound", err)
	}
	before := faculty.Details{Name: "A faculty", ContactEmail: "ahp@example.org", ReplyWorkingDays: 5}
	if err := store.Replace(t.Context(), before, nil, nil); err != nil {
		t.Fatalf("Replace = %v", err)
	}
	form := faculty.NewReplyTimes{Edition: before.ReplyEdition(), Usual: " 3 ", Accessibility: "2"}
	for range 2 {
		if err := store.SetReplyTimes(t.Context(), by, form); err != nil {
			t.Fatalf("SetReplyTimes = %v", err)
		}
	}
	want := before
	want.ReplyWorkingDays, want.AccessibilityReplyWorkingDays = 3, 2
	if got, err := store.Details(t.Context()); err != nil || got != want {
		t.Errorf("Details = %+v, %v, want %+v", got, err, want)
	}
	older := faculty.NewReplyTimes{Edition: before.ReplyEdition(), Usual: "4"}
	if err := store.SetReplyTimes(t.Context(), by, older); !errors.Is(err, faculty.ErrReplyTimesChanged) {
		t.Errorf("SetReplyTimes(of an older window) = %v, want ErrReplyTimesChanged", err)
	}
	for _, typed := range []string{"0", "61", "-2", "soon", "1.5", "99999999999999999999"} {
		for _, n := range []faculty.NewReplyTimes{{Edition: want.ReplyEdition(), Usual: typed}, {Edition: want.ReplyEdition(), Accessibility: typed}} {
			if err := store.SetReplyTimes(t.Context(), by, n); !errors.Is(err, fault.Invalid) || len(n.Validate()) != 1 {
				t.Errorf("SetReplyTimes(%+v) = %v, want Invalid for one field", n, err)
			}
		}
	}
	if err := store.SetReplyTimes(t.Context(), by, faculty.NewReplyTimes{Edition: want.ReplyEdition()}); err != nil {
		t.Errorf("SetReplyTimes(none) = %v", err)
	}
	if got, err := store.Details(t.Context()); err != nil || got.ReplyWorkingDays != 0 || got.AccessibilityReplyWorkingDays != 0 {
		t.Errorf("Details = %+v, %v, want no times", got, err)
	}
	var audited int
	err := store.DB.QueryRow(t.Context(), `select count(*) from audit_event where action = 'reply-time.set' and actor_id = 'sam'`).Scan(&audited)
	if audited != 2 || err != nil {
		t.Errorf("%d rows in the audit, %v, want 2", audited, err)
	}
}
