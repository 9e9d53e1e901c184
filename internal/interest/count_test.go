package interest_test

import (
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
)

func TestCountsNameEveryStageOnce(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	mustSend(t, store, newAnswers(t))
	mustSend(t, store, newAnswers(t))
	counts, err := store.Counts(t.Context())
	if err != nil || len(counts) != len(interest.Stages()) {
		t.Fatalf("Counts() = %v, %v, want a count for each of %d stages", counts, err, len(interest.Stages()))
	}
	for i, info := range interest.Stages() {
		want := 0
		if info.Stage == interest.Received {
			want = 2
		}
		if counts[i].Stage != info.Stage || counts[i].Count != want {
			t.Errorf("Counts()[%d] = %v, want %d in %s", i, counts[i], want, info.Stage)
		}
	}
}

func TestCopiesAskedNamesWhoseIsDueFirst(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	if got, err := store.CopiesAsked(t.Context()); err != nil || got != (interest.CopiesAsked{}) {
		t.Fatalf("CopiesAsked(nothing) = %+v, %v, want zeroes", got, err)
	}
	var cases []interest.Case
	for range 4 {
		cases = append(cases, mustSend(t, store, newAnswers(t)))
	}
	for i, c := range cases[1:3] {
		store.Now = func() time.Time { return noon.Add(time.Duration(2-i) * time.Hour) }
		if err := store.AskCopy(t.Context(), returner, interest.Turning{Reference: c.Reference, Nonce: c.Reference}); err != nil {
			t.Fatalf("AskCopy() = %v", err)
		}
	}
	got, err := store.CopiesAsked(t.Context())
	if err != nil || got.Count != 2 || got.First != cases[2].Reference || !got.FirstAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("CopiesAsked() = %+v, %v, want 2 of which %s is the first", got, err, cases[2].Reference)
	}
}
