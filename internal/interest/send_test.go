package interest_test

import (
	"context"
	"errors"
	"reflect"
	"regexp"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
)

var reference = regexp.MustCompile(`^[2-9B-DF-HJKMNP-TV-Z]{3}-[2-9B-DF-HJKMNP-TV-Z]{4}$`)

func TestSendMakesOneOfEachAndEmptiesTheDraft(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	draft := mustDraft(t, store, newAnswers(t))
	receipt, err := store.Send(ctx, draft.ID, draft.Revision, "request-1")
	if err != nil {
		t.Fatalf("Send() = %v", err)
	}
	if !reference.MatchString(receipt.Reference) {
		t.Errorf("reference = %q, want one like K7M-4XPD", receipt.Reference)
	}
	c, err := store.ByReference(ctx, receipt.Reference)
	if err != nil {
		t.Fatalf("ByReference() = %v", err)
	}
	want := newAnswers(t)
	want.Book = updating.Book{} // a case has its result already
	if !reflect.DeepEqual(c.Answers, want) {
		t.Errorf("answers of the case = %+v, want %+v", interest.Lines(c.Answers, same), interest.Lines(want, same))
	}
	if c.Result.First().Kind != updating.Days || c.Result.First().Days != 30 || c.RuleVersion != c.Result.Version {
		t.Errorf("result = %+v, version %q, want 30 days and the same version", c.Result.First(), c.RuleVersion)
	}
	if c.Stage != interest.Received || c.Turn != interest.Ours || c.Version != 1 || !c.ReceivedAt.Equal(noon) {
		t.Errorf("case = %s %s version %d at %v, want received, ours, 1, %v", c.Stage, c.Turn, c.Version, c.ReceivedAt, noon)
	}
	if len(c.Events) != 1 || c.Events[0].Kind != interest.EventReceived {
		t.Errorf("events = %+v, want one: received", c.Events)
	}
	checkCounts(t, tx, 1)
	again, err := store.Draft(ctx, draft.ID)
	if err != nil || again.Reference != receipt.Reference || len(interest.Lines(again.Answers, same)) != 0 || len(again.Versions) != 0 {
		t.Errorf("sent draft = %+v, %v, want it empty with its reference", again, err)
	}
	if _, err := store.SaveAnswer(ctx, draft.ID, 0, interest.Name{Full: "Late"}); !errors.Is(err, interest.ErrSent) || !errors.Is(err, fault.Gone) {
		t.Errorf("SaveAnswer(sent) = %v, want ErrSent", err)
	}
	byID, err := store.ByID(ctx, c.ID)
	if err != nil || byID.Reference != receipt.Reference {
		t.Errorf("ByID() = %q, %v, want %q", byID.Reference, err, receipt.Reference)
	}
}

func same(slug string) string { return slug }

// checkCounts fails unless there are so many expressions, with one first event,
// one audit row, one mail and one job each.
func checkCounts(t testing.TB, db postgres.DB, want int) {
	t.Helper()
	for what, sql := range map[string]string{
		"expressions": `select count(*) from expression`,
		"events":      `select count(*) from event where kind = 'received'`,
		"audit rows":  `select count(*) from audit_event where action = 'expression.send' and outcome = 'done'`,
		"mails":       `select count(*) from mail where kind = 'expression-received'`,
		"jobs":        `select count(*) from river_job where kind = 'mail'`,
	} {
		if got := count(t, db, sql); got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
}

func TestSendOfNeverRegisteredKeepsWhatWasAsked(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	answers := newAnswers(t)
	answers.Profession.Slug = "radiographers"
	answers.Branch = &interest.Branch{Slug: "therapeutic-radiographers"}
	answers.Standing.Standing = updating.Never
	answers.QualifiedWhere = &interest.QualifiedWhere{InUK: interest.Yes}
	answers.Qualified = &interest.Qualified{DayInput: interest.DayInput{Month: "7", Year: "2015"}}
	answers.Phone.Number = ""
	answers.Contact = nil
	c := mustSend(t, store, answers)
	want := answers
	want.Book = updating.Book{}
	want.Abroad, want.LastPractised, want.RegisteredName, want.RegisterNumber, want.Experience = nil, nil, nil, nil, nil
	if !reflect.DeepEqual(c.Answers, want) {
		t.Errorf("answers = %+v, want %+v", interest.Lines(c.Answers, same), interest.Lines(want, same))
	}
	if c.Result.First().Kind != updating.RegulatorDecides {
		t.Errorf("result = %s, want %s", c.Result.First().Kind, updating.RegulatorDecides)
	}
}

func TestSendRefusesWhatIsNotReady(t *testing.T) {
	t.Parallel()
	ctx, tx := context.Background(), postgrestest.Tx(t)
	store := newStore(t, tx)
	empty, _ := store.NewDraft(ctx)
	if _, err := store.Send(ctx, empty.ID, 0, ""); !errors.Is(err, interest.ErrIncomplete) {
		t.Errorf("Send(empty) = %v, want ErrIncomplete", err)
	}
	draft := mustDraft(t, store, newAnswers(t))
	if _, err := store.Send(ctx, draft.ID, draft.Revision-1, ""); !errors.Is(err, interest.ErrChanged) {
		t.Errorf("Send(checked before the last change) = %v, want ErrChanged", err)
	}
	osteopath := newAnswers(t)
	osteopath.Profession.Slug = "osteopaths"
	leaves := mustDraft(t, store, osteopath)
	if _, err := store.Send(ctx, leaves.ID, leaves.Revision, ""); !errors.Is(err, interest.ErrIncomplete) {
		t.Errorf("Send(osteopath) = %v, want ErrIncomplete", err)
	}
	if _, err := store.Send(ctx, "0e5a7c0e-0000-4000-8000-000000000000", 1, ""); !errors.Is(err, fault.NotFound) {
		t.Errorf("Send(unknown) = %v, want NotFound", err)
	}
	checkCounts(t, tx, 0)
}

// repeating draws the same bytes again and again, twice as long as it is told.
type repeating struct{ draws int }

func (r *repeating) Read(p []byte) (int, error) {
	r.draws++
	for i := range p {
		p[i] = byte((r.draws + 1) / 3) // draws 2, 3 and 4 are alike
	}
	return len(p), nil
}

func TestSendDrawsAgainWhenAReferenceIsTaken(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.Tx(t))
	store.Random = &repeating{draws: 1}
	first, second := mustSend(t, store, newAnswers(t)), mustSend(t, store, newAnswers(t))
	if first.Reference != "333-3333" || second.Reference != "444-4444" {
		t.Errorf("references = %s, %s, want 333-3333, then 444-4444 after two that are taken", first.Reference, second.Reference)
	}
}
