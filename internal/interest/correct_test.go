package interest_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

func slugAsName(slug string) string { return slug }

func TestACorrectionKeepsTheOldAnswerAndTheReason(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	store := newStore(t, tx)
	c := mustSend(t, store, newAnswers(t))
	one := interest.Correction{Reference: c.Reference, Version: 1, Answers: []interest.Answer{interest.Hours{Slug: "full-time"}}, Why: " They rang. ", Nonce: "a"}
	for range 2 { // a double click
		if err := store.Correct(t.Context(), by, one, slugAsName); err != nil {
			t.Fatalf("Correct() = %v", err)
		}
	}
	got, err := store.ByReference(t.Context(), c.Reference)
	if err != nil || got.Answers.Hours.Slug != "full-time" || got.Version != 2 || len(got.Events) != 2 {
		t.Fatalf("after a correction: hours %q, version %d, %d events, %v; want full-time, 2, 2", got.Answers.Hours.Slug, got.Version, len(got.Events), err)
	}
	if e := got.Events[0]; e.Kind != interest.EventCorrected || e.Step != "hours" || e.Old != "Part time" || e.New != "Full time" || e.Note != "They rang." || e.ActorID != reviewer {
		t.Errorf("the event is %+v, want the old and the new answer with the reason", e)
	}
	if got.Result.Version != c.Result.Version || got.RuleVersion != c.RuleVersion {
		t.Error("the days of updating were worked out again, want them as they were: nothing that they rest on changed")
	}
	if n := count(t, tx, `select count(*) from audit_event where action = 'expression.correct' and actor_id = $1`, reviewer); n != 1 {
		t.Errorf("%d audit rows, want 1", n)
	}
}

func TestACorrectedSituationIsWorkedOutForTheDayOfSending(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	store.Now = func() time.Time { return noon.AddDate(2, 0, 0) }
	never := []interest.Answer{
		interest.Standing{Standing: updating.Never}, interest.QualifiedWhere{InUK: interest.Yes},
		interest.Qualified{DayInput: interest.DayInput{Month: "6", Year: "2015"}},
	}
	one := interest.Correction{Reference: c.Reference, Version: 1, Answers: never[:1], Why: "They rang.", Nonce: "a"}
	if err := store.Correct(t.Context(), by, one, slugAsName); !errors.Is(err, interest.ErrIncomplete) {
		t.Fatalf("Correct(with open questions) = %v, want ErrIncomplete", err)
	}
	before, err := store.Correcting(t.Context(), c.Expression)
	if err != nil {
		t.Fatalf("Correcting() = %v", err)
	}
	for n := range never {
		to, err := before.With(never[:n+1]...)
		if err != nil {
			t.Fatalf("With() = %v", err)
		}
		step, open, err := to.Opened(before)
		if want := n < 2; open != want || err != nil || open && step.Slug != never[n+1].Step() {
			t.Errorf("after %d answers the open question is %q, %v; want open %v", n+1, step.Slug, err, want)
		}
	}
	one.Answers = never
	if err := store.Correct(t.Context(), by, one, slugAsName); err != nil {
		t.Fatalf("Correct() = %v", err)
	}
	got, _ := store.ByReference(t.Context(), c.Reference)
	if got.Answers.On != interest.DayOf(noon) || got.Answers.LastPractised != nil || got.Answers.Standing.Standing != updating.Never || got.Answers.RegisterNumber != nil {
		t.Errorf("the answers are %+v, want those that apply, as of the day of sending", got.Answers)
	}
	want, err := before.With(never...)
	if err != nil {
		t.Fatalf("With() = %v", err)
	}
	result, err := want.Applicable().Result()
	if err != nil || got.Result.First() != result.First() || got.RuleVersion != result.Version {
		t.Errorf("the result is %+v by rules %s, want %+v by %s (%v)", got.Result.First(), got.RuleVersion, result.First(), result.Version, err)
	}
	gone := map[string]string{}
	for _, e := range got.Events {
		if e.Kind == interest.EventCorrected && e.New == "" {
			gone[e.Step] = e.Old
		}
	}
	if gone["last-practised"] != "March 2022" || gone["register-number"] != "PH12345" {
		t.Errorf("answers that went are %v, want what was said about practising and the register among them", gone)
	}
	if days := slices.IndexFunc(got.Events, func(e interest.Event) bool { return e.Step == interest.StepResult }); days < 0 {
		t.Error("the timeline does not say that the days were worked out again")
	}
}

func TestWhatIsNotCorrectedHere(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	for what, test := range map[string]struct {
		answer  interest.Answer
		why     string
		version int
		want    error
	}{
		"no reason":       {interest.Hours{Slug: "full-time"}, " ", 1, nil},
		"stale":           {interest.Hours{Slug: "full-time"}, "x", 2, interest.ErrCaseChanged},
		"the same":        {interest.Hours{Slug: "part-time"}, "x", 1, interest.ErrUnchanged},
		"an address":      {interest.Email{Address: "other@example.com"}, "x", 1, nil},
		"the notice":      {interest.Privacy{Version: "2", Read: true}, "x", 1, nil},
		"an osteopath":    {interest.Profession{Slug: "osteopaths"}, "x", 1, interest.ErrLeaves},
		"another route":   {interest.Abroad{Answer: interest.Yes}, "x", 1, interest.ErrLeaves},
		"a wrong answer":  {interest.Name{}, "x", 1, interest.ErrIncomplete},
		"an open branch":  {interest.Profession{Slug: "radiographers"}, "x", 1, interest.ErrIncomplete},
		"a wrong letters": {interest.RegisterNumber{Number: "OT1"}, "x", 1, interest.ErrIncomplete},
	} {
		err := store.Correct(t.Context(), by, interest.Correction{Reference: c.Reference, Version: test.version, Answers: []interest.Answer{test.answer}, Why: test.why, Nonce: what}, slugAsName)
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("Correct(%s) = %v, want %v", what, err, test.want)
		}
	}
	if got, _ := store.ByReference(t.Context(), c.Reference); got.Version != 1 || len(got.Events) != 1 {
		t.Errorf("after refusals: version %d, %d events; want 1, 1", got.Version, len(got.Events))
	}
}

func TestEveryCorrectableAnswerOfASentFormIsWhole(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	c := mustSend(t, store, newAnswers(t))
	as, err := store.Correcting(t.Context(), c.Expression)
	if err != nil {
		t.Fatalf("Correcting() = %v", err)
	}
	if open := interest.Missing(as); len(open) > 0 {
		t.Errorf("a form that was sent has the open question %q, want none", open[0].Slug)
	}
}
