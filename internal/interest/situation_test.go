package interest_test

import (
	"reflect"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

func TestOnlyWhatMattersOfASituationIsValidated(t *testing.T) {
	t.Parallel()
	date := func(d, m, y string) interest.DayInput { return interest.DayInput{Day: d, Month: m, Year: y} }
	good := interest.Situation{Profession: "dietitians", Standing: "left-register", Left: interest.Absence{Abroad: interest.No, Last: date("", "5", "2020")}}
	for name, c := range map[string]struct {
		change func(*interest.Situation)
		want   []string // the fields at fault
	}{
		"a good one": {func(*interest.Situation) {}, nil},
		"nothing":    {func(s *interest.Situation) { *s = interest.Situation{} }, []string{"profession", "standing"}},
		"an osteopath": {func(s *interest.Situation) {
			*s = interest.Situation{Profession: "osteopaths", Apply: date("x", "", "")}
		}, nil},
		"removed":                     {func(s *interest.Situation) { s.Standing, s.Left = "removed-from-register", interest.Absence{} }, nil},
		"abroad is not said":          {func(s *interest.Situation) { s.Left.Abroad = "" }, []string{"left-abroad"}},
		"abroad, and no date":         {func(s *interest.Situation) { s.Left = interest.Absence{Abroad: interest.Yes} }, nil},
		"another standing's date":     {func(s *interest.Situation) { s.Standing = "registered-not-practising" }, []string{"registered-abroad", "registered-month"}},
		"last practised next year":    {func(s *interest.Situation) { s.Left.Last = date("", "5", "2027") }, []string{"left-year"}},
		"never, and nothing else":     {func(s *interest.Situation) { s.Standing = "never-registered" }, []string{"in-uk", "qualified-month"}},
		"never, and elsewhere":        {func(s *interest.Situation) { s.Standing, s.InUK = "never-registered", interest.No }, nil},
		"applying without a day":      {func(s *interest.Situation) { s.Apply = date("", "5", "2027") }, []string{"apply-day"}},
		"applying on no day":          {func(s *interest.Situation) { s.Apply = date("31", "6", "2027") }, []string{"apply-day"}},
		"applying long ago":           {func(s *interest.Situation) { s.Apply = date("1", "6", "2020") }, []string{"apply-year"}},
		"applying in a far future":    {func(s *interest.Situation) { s.Apply = date("1", "6", "2050") }, []string{"apply-year"}},
		"a page made before midnight": {func(s *interest.Situation) { s.Apply = date("19", "11", "2026") }, nil},
	} {
		s := good
		c.change(&s)
		var got []string
		for _, one := range s.Validate(today) {
			got = append(got, one.Field)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: faults of %q, want %q", name, got, c.want)
		}
	}
}

func TestASituationIsCarriedByItsFields(t *testing.T) {
	t.Parallel()
	want := interest.ApplyingOn(today)
	want.Profession, want.Branch, want.Standing, want.InUK = "radiographers", "therapeutic-radiographers", "never-registered", interest.Yes
	want.Left, want.Registered = interest.Absence{Abroad: interest.No}, interest.Absence{Last: interest.DayInput{Month: "May"}}
	want.Qualified = interest.DayInput{Day: "1", Month: "7", Year: "2015"}
	typed := map[string]string{}
	for _, field := range want.Fields() {
		typed[field.Name] = "  " + field.Value
	}
	if got := interest.ReadSituation(func(name string) string { return typed[name] }); got != want {
		t.Errorf("ReadSituation(Fields()) = %+v, want %+v", got, want)
	}
	a := want.Answers(today)
	if a.Abroad != nil || a.LastPractised != nil || a.Branch.Slug != "therapeutic-radiographers" || a.Standing.Standing != updating.Never || a.On != today {
		t.Errorf("Answers() = %+v, want those that the standing asks for", interest.SituationLines(a))
	}
}
