package interest_test

import (
	"testing"

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
