package updating

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
)

// applyOn is the day of applying in every example.
var applyOn = Date{2026, time.November, 20}

func mustCompute(t testing.TB, a Answers) Result {
	t.Helper()
	if a.Profession == "" {
		a.Profession = "physiotherapists"
	}
	if a.Standing == "" {
		a.Standing = Left
	}
	if a.ApplyOn.IsZero() {
		a.ApplyOn = applyOn
	}
	r, err := Compute(mustBook(t), a)
	if err != nil {
		t.Fatalf("Compute(%+v) = %v", a, err)
	}
	return r
}

func TestYearsOutOfPractice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		last    When
		kind    Kind
		days    int
		exactly bool
		next    string // "" for no change
		then    int
	}{
		{When{2026, 11, 20}, None, 0, false, "2028-11-20", 30},
		{When{2025, 1, 1}, None, 0, false, "2027-01-01", 30},
		{When{2024, 11, 21}, None, 0, false, "2026-11-21", 30}, // 30 days from tomorrow
		{When{2024, 11, 20}, Days, 30, true, "2029-11-20", 60},
		{When{2024, 11, 19}, Days, 30, false, "2029-11-19", 60},
		{When{2022, 1, 20}, Days, 30, false, "2027-01-20", 60}, // 4 years 10 months: crosses 5 years within months
		{When{2021, 11, 21}, Days, 30, false, "2026-11-21", 60},
		{When{2021, 11, 20}, Days, 60, false, "", 0},
		{When{1990, 6, 1}, Days, 60, false, "", 0},
	} {
		o := mustCompute(t, Answers{LastPractised: c.last}).First()
		if o.Kind != c.kind || o.Days != c.days || o.Hours != c.days*7 || o.PrivateCap != c.days/2 {
			t.Errorf("last practised %v = %+v, want %s of %d days", c.last, o, c.kind, c.days)
		}
		if o.Exactly.IsZero() == c.exactly {
			t.Errorf("last practised %v: Exactly = %v, want set: %v", c.last, o.Exactly, c.exactly)
		}
		if c.next == "" {
			if !o.Next.IsZero() {
				t.Errorf("last practised %v: Next = %v, want none", c.last, o.Next)
			}
			continue
		}
		want := Change{Kind: Days, Days: c.then, From: date(t, c.next), To: date(t, c.next)}
		if o.Next != want {
			t.Errorf("last practised %v: Next = %v, want %v", c.last, o.Next, want)
		}
	}
}

func TestTheTwentyNinthOfFebruaryHasItsAnniversaryOnTheFirstOfMarch(t *testing.T) {
	t.Parallel()
	leap := When{2024, time.February, 29}
	for day, want := range map[string]int{"2026-02-28": 0, "2026-03-01": 30, "2029-02-28": 30, "2029-03-01": 60} {
		if got := mustCompute(t, Answers{LastPractised: leap, ApplyOn: date(t, day)}).First().Days; got != want {
			t.Errorf("29 February 2024, applying on %s = %d days, want %d", day, got, want)
		}
	}
}

func TestAMonthThatStraddlesAThresholdHasBothAnswers(t *testing.T) {
	t.Parallel()
	r := mustCompute(t, Answers{LastPractised: When{Year: 2024, Month: time.November}})
	want := []Outcome{
		{Kind: Days, Days: 30, Hours: 210, PrivateCap: 15,
			From: date(t, "2024-11-01"), To: date(t, "2024-11-20"), Exactly: date(t, "2024-11-20"),
			Next: Change{Kind: Days, Days: 60, From: date(t, "2029-11-01"), To: date(t, "2029-11-20")}},
		{Kind: None, From: date(t, "2024-11-21"), To: date(t, "2024-11-30"),
			Next: Change{Kind: Days, Days: 30, From: date(t, "2026-11-21"), To: date(t, "2026-11-30")}},
	}
	if !reflect.DeepEqual(r.Outcomes, want) {
		t.Errorf("November 2024 = %+v, want %+v", r.Outcomes, want)
	}
	if !r.Straddles() || r.First().Days != 30 {
		t.Errorf("Straddles() = %v with %d days first, want both answers, the longer absence first", r.Straddles(), r.First().Days)
	}
	if r := mustCompute(t, Answers{LastPractised: When{Year: 2023, Month: time.November}}); r.Straddles() || r.First().Next.To != date(t, "2028-11-30") {
		t.Errorf("November 2023 = %+v, want one answer that changes in November 2028", r.Outcomes)
	}
}

func TestAMonthIsNotCountedBeyondTheDayOfApplying(t *testing.T) {
	t.Parallel()
	r := mustCompute(t, Answers{LastPractised: When{Year: 2026, Month: time.November}})
	if o := r.First(); r.Straddles() || o.Kind != None || o.To != applyOn {
		t.Errorf("the month of applying = %+v, want none up to %s", r.Outcomes, applyOn)
	}
}

func TestOtherRoutesInTheOrderOfTheQuestions(t *testing.T) {
	t.Parallel()
	long := When{Year: 2016, Month: time.May}
	for _, c := range []struct {
		name  string
		a     Answers
		kind  Kind
		route Route
		rule  string
	}{
		{"an osteopath six years out", Answers{Profession: "osteopaths", Standing: Left, LastPractised: When{Year: 2020, Month: 11}}, AnotherRoute, ToGOsC, RuleOsteopaths},
		{"an osteopath whose standing was not asked", Answers{Profession: "osteopaths"}, AnotherRoute, ToGOsC, RuleOsteopaths},
		{"an osteopath who was removed", Answers{Profession: "osteopaths", Standing: Removed}, AnotherRoute, ToGOsC, RuleOsteopaths},
		{"removed, and abroad since", Answers{Standing: Removed, Abroad: true, LastPractised: long}, AnotherRoute, Restoration, RuleRemoved},
		{"registered and practising", Answers{Standing: Practising, Abroad: true}, AnotherRoute, StayRegistered, RuleStay},
		{"never registered, qualified outside the UK", Answers{Standing: Never, QualifiedOutsideUK: true}, AnotherRoute, International, RuleInternational},
		{"never registered, abroad, qualified long ago", Answers{Standing: Never, Abroad: true, Qualified: long}, RegulatorDecides, "", RuleLateFirst},
		{"never registered, over 5 years", Answers{Standing: Never, Qualified: When{2021, 11, 19}}, RegulatorDecides, "", RuleLateFirst},
		{"never registered, exactly 5 years", Answers{Standing: Never, Qualified: When{2021, 11, 20}}, AnotherRoute, FirstTime, RuleFirst},
		{"never registered, under 5 years", Answers{Standing: Never, Qualified: When{Year: 2025, Month: 7}}, AnotherRoute, FirstTime, RuleFirst},
		{"practised abroad lately, left", Answers{Standing: Left, Abroad: true, LastPractised: long}, AnotherRoute, PractisedAbroad, RuleAbroad},
		{"practised abroad lately, registered", Answers{Standing: NotPractising, Abroad: true}, AnotherRoute, PractisedAbroad, RuleAbroad},
		{"registered, out for 6 years", Answers{Standing: NotPractising, LastPractised: When{Year: 2020, Month: 6}}, Days, "", RuleRenewal},
		{"registered, out for 1 year", Answers{Standing: NotPractising, LastPractised: When{Year: 2025, Month: 6}}, None, "", RuleStay},
	} {
		r := mustCompute(t, c.a)
		if o := r.First(); o.Kind != c.kind || o.Route != c.route {
			t.Errorf("%s = %s %q, want %s %q", c.name, o.Kind, o.Route, c.kind, c.route)
		}
		if !hasRule(r, c.rule) {
			t.Errorf("%s rests on %v, want %s among them", c.name, r.Rules, c.rule)
		}
		if got, want := r.Leaves(), c.kind == AnotherRoute; got != want {
			t.Errorf("%s: Leaves() = %v, want %v", c.name, got, want)
		}
	}
}

func TestAMonthOfQualifyingCanStraddleToo(t *testing.T) {
	t.Parallel()
	r := mustCompute(t, Answers{Standing: Never, Qualified: When{Year: 2021, Month: time.November}})
	want := []Outcome{
		{Kind: RegulatorDecides, From: date(t, "2021-11-01"), To: date(t, "2021-11-19")},
		{Kind: AnotherRoute, Route: FirstTime, From: date(t, "2021-11-20"), To: date(t, "2021-11-30"),
			Next: Change{Kind: RegulatorDecides, From: date(t, "2026-11-21"), To: date(t, "2026-12-01")}},
	}
	if !reflect.DeepEqual(r.Outcomes, want) {
		t.Errorf("qualified November 2021 = %+v, want %+v", r.Outcomes, want)
	}
	if r.Leaves() {
		t.Error("Leaves() = true, want false: one of the answers may still be sent")
	}
}

func TestTheWindowIsThatOfTheDayOfApplying(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ applyOn, version, from string }{
		{"2024-06-30", "2022-01-01", "2022-06-30"},
		{"2025-01-31", "2022-01-01", "2023-01-31"},
		{"2025-02-01", "2025-02-01", "2024-02-01"},
		{"2026-11-20", "2025-02-01", "2025-11-20"},
	} {
		r := mustCompute(t, Answers{LastPractised: When{Year: 2015, Month: 1}, ApplyOn: date(t, c.applyOn)})
		if !strings.HasPrefix(r.Version, c.version+".") || r.Window.From != date(t, c.from) || r.Window.To != date(t, c.applyOn) {
			t.Errorf("applying on %s: rules %s, window %v, want %s from %s", c.applyOn, r.Version, r.Window, c.version, c.from)
		}
	}
	if r := mustCompute(t, Answers{LastPractised: When{Year: 2026, Month: 1}}); !r.Window.IsZero() {
		t.Errorf("Window = %v where no updating is asked for, want none", r.Window)
	}
}

func TestAnswersThatNoRuleCanWorkWithAreInvalid(t *testing.T) {
	t.Parallel()
	good := Answers{Profession: "dietitians", Standing: Left, LastPractised: When{Year: 2020, Month: 1}, ApplyOn: applyOn}
	for name, change := range map[string]func(*Answers){
		"no profession":           func(a *Answers) { a.Profession = "" },
		"unknown profession":      func(a *Answers) { a.Profession = "nurses" },
		"no standing":             func(a *Answers) { a.Standing = "" },
		"no day of applying":      func(a *Answers) { a.ApplyOn = Date{} },
		"no last practice":        func(a *Answers) { a.LastPractised = When{} },
		"last practice in future": func(a *Answers) { a.LastPractised = When{2026, 11, 21} },
		"no such day":             func(a *Answers) { a.LastPractised = When{2025, 2, 29} },
		"no date of qualifying":   func(a *Answers) { a.Standing = Never },
	} {
		a := good
		change(&a)
		if _, err := Compute(mustBook(t), a); !errors.Is(err, fault.Invalid) {
			t.Errorf("Compute(%s) = %v, want an Invalid fault", name, err)
		}
	}
}

func TestOnlyQuestionsThatMatterAreAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    Answers
		want Asks
	}{
		{Answers{Profession: "osteopaths", Standing: Left}, Asks{}},
		{Answers{Profession: "dietitians"}, Asks{Standing: true}},
		{Answers{Profession: "dietitians", Standing: Removed}, Asks{Standing: true}},
		{Answers{Profession: "dietitians", Standing: Practising}, Asks{Standing: true}},
		{Answers{Profession: "dietitians", Standing: Left}, Asks{Standing: true, Abroad: true, LastPractised: true}},
		{Answers{Profession: "dietitians", Standing: NotPractising, Abroad: true}, Asks{Standing: true, Abroad: true}},
		{Answers{Profession: "dietitians", Standing: Never}, Asks{Standing: true, QualifiedOutsideUK: true, Qualified: true}},
		{Answers{Profession: "dietitians", Standing: Never, QualifiedOutsideUK: true}, Asks{Standing: true, QualifiedOutsideUK: true}},
	} {
		if got := c.a.Asks(); got != c.want {
			t.Errorf("%+v asks %+v, want %+v", c.a, got, c.want)
		}
	}
}

func TestAResultReadsBackFromJSON(t *testing.T) {
	t.Parallel()
	want := mustCompute(t, Answers{LastPractised: When{Year: 2024, Month: time.November}})
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Result
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, %v, want %+v", got, err, want)
	}
}

func hasRule(r Result, id string) bool {
	for _, rule := range r.Rules {
		if rule.ID == id {
			return true
		}
	}
	return false
}
