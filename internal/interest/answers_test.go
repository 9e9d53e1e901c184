package interest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

var today = updating.Date{Year: 2026, Month: time.November, Day: 20}

func TestAnswersAreValidated(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 201)
	offered := []string{"one-trust"}
	day := func(d, m, y string) interest.DayInput { return interest.DayInput{Day: d, Month: m, Year: y} }
	for _, c := range []struct {
		what string
		errs validate.Errors
		want string // the field at fault; "" for none
	}{
		{"profession", interest.Profession{Slug: "paramedics"}.Validate(), ""},
		{"no profession", interest.Profession{}.Validate(), "profession"},
		{"unknown profession", interest.Profession{Slug: "nurses"}.Validate(), "profession"},
		{"branch", interest.Branch{Slug: "orthotists"}.Validate("prosthetists-and-orthotists"), ""},
		{"branch of another", interest.Branch{Slug: "orthotists"}.Validate("radiographers"), "branch"},
		{"standing", interest.Standing{Standing: updating.Never}.Validate(), ""},
		{"unknown standing", interest.Standing{Standing: "sitting"}.Validate(), "standing"},
		{"abroad", interest.Abroad{Answer: interest.No}.Validate(), ""},
		{"abroad not said", interest.Abroad{Answer: "maybe"}.Validate(), "abroad"},
		{"qualified where", interest.QualifiedWhere{InUK: interest.Yes}.Validate(), ""},
		{"qualified where not said", interest.QualifiedWhere{}.Validate(), "in-uk"},
		{"month and year", interest.LastPractised{DayInput: day("", "11", "2020")}.Validate(today), ""},
		{"month by name", interest.LastPractised{DayInput: day("", " sept ", "2020")}.Validate(today), ""},
		{"today", interest.LastPractised{DayInput: day("20", "11", "2026")}.Validate(today), ""},
		{"this month", interest.LastPractised{DayInput: day("", "Nov", "2026")}.Validate(today), ""},
		{"tomorrow", interest.LastPractised{DayInput: day("21", "11", "2026")}.Validate(today), "year"},
		{"29 February", interest.LastPractised{DayInput: day("29", "2", "2024")}.Validate(today), ""},
		{"no 29 February", interest.LastPractised{DayInput: day("29", "2", "2023")}.Validate(today), "day"},
		{"day 32", interest.LastPractised{DayInput: day("32", "1", "2023")}.Validate(today), "day"},
		{"day 0", interest.LastPractised{DayInput: day("0", "1", "2023")}.Validate(today), "day"},
		{"month 13", interest.LastPractised{DayInput: day("", "13", "2023")}.Validate(today), "month"},
		{"short year", interest.LastPractised{DayInput: day("", "1", "23")}.Validate(today), "year"},
		{"long ago", interest.LastPractised{DayInput: day("", "1", "1066")}.Validate(today), "year"},
		{"no date", interest.LastPractised{}.Validate(today), "month"},
		{"qualified", interest.Qualified{DayInput: day("", "7", "2015")}.Validate(today), ""},
		{"qualified next year", interest.Qualified{DayInput: day("", "7", "2027")}.Validate(today), "year"},
		{"name", interest.Name{Full: "Zoë"}.Validate(), ""},
		{"no name", interest.Name{Full: " \t"}.Validate(), "name"},
		{"long name", interest.Name{Full: long}.Validate(), "name"},
		{"name of 200 runes", interest.Name{Full: long[:400]}.Validate(), ""},
		{"same name", interest.RegisteredName{Other: interest.No}.Validate(), ""},
		{"other name not given", interest.RegisteredName{Other: interest.Yes}.Validate(), "registered-name"},
		{"other name not said", interest.RegisteredName{Full: "Zoë"}.Validate(), "other"},
		{"email", interest.Email{Address: " a@example.com "}.Validate(), ""},
		{"no email", interest.Email{}.Validate(), "email"},
		{"no address", interest.Email{Address: "a@b"}.Validate(), "email"},
		{"phone", interest.Phone{Number: "+44 7700 900123"}.Validate(), ""},
		{"no phone", interest.Phone{}.Validate(), ""},
		{"words for a phone", interest.Phone{Number: "ring me"}.Validate(), "phone"},
		{"contact", interest.Contact{By: interest.ByText}.Validate(), ""},
		{"unknown contact", interest.Contact{By: "pigeon"}.Validate(), "by"},
		{"postcode", interest.Postcode{Area: "ln1"}.Validate(), ""},
		{"whole postcode", interest.Postcode{Area: "EC1A 1BB"}.Validate(), ""},
		{"no postcode", interest.Postcode{Area: "Lincoln"}.Validate(), "postcode"},
		{"register number", interest.RegisterNumber{Number: "ph 123-45"}.Validate("physiotherapists"), ""},
		{"register number not known", interest.RegisterNumber{Unknown: true}.Validate("physiotherapists"), ""},
		{"no register number", interest.RegisterNumber{}.Validate("physiotherapists"), "number"},
		{"letters of another profession", interest.RegisterNumber{Number: "OT12345"}.Validate("physiotherapists"), "confirmed"},
		{"letters of another, confirmed", interest.RegisterNumber{Number: "OT12345", Confirmed: true}.Validate("physiotherapists"), ""},
		{"digits alone", interest.RegisterNumber{Number: "12345"}.Validate("physiotherapists"), "confirmed"},
		{"no number at all", interest.RegisterNumber{Number: "<b>", Confirmed: true}.Validate("physiotherapists"), "number"},
		{"programme", interest.Programme{Registered: interest.Yes}.Validate(), ""},
		{"programme not said", interest.Programme{Reference: "1"}.Validate(), "registered"},
		{"long programme reference", interest.Programme{Registered: interest.Yes, Reference: long}.Validate(), "reference"},
		{"experience", interest.Experience{Role: "Band 6", Setting: "hospital", Years: "0"}.Validate(), ""},
		{"no role", interest.Experience{Setting: "hospital", Years: "1"}.Validate(), "role"},
		{"unknown setting", interest.Experience{Role: "x", Setting: "moon", Years: "1"}.Validate(), "setting"},
		{"half years", interest.Experience{Role: "x", Setting: "hospital", Years: "1.5"}.Validate(), "years"},
		{"too many years", interest.Experience{Role: "x", Setting: "hospital", Years: "71"}.Validate(), "years"},
		{"organisation", interest.Organisations{Slugs: offered}.Validate(offered), ""},
		{"any organisation", interest.Organisations{Any: true}.Validate(nil), ""},
		{"no organisation", interest.Organisations{}.Validate(offered), "organisations"},
		{"unknown organisation", interest.Organisations{Slugs: []string{"acme"}}.Validate(offered), "organisations"},
		{"settings", interest.Settings{Slugs: []string{"hospice"}}.Validate(), ""},
		{"no settings", interest.Settings{}.Validate(), "settings"},
		{"hours", interest.Hours{Slug: "not-sure"}.Validate(), ""},
		{"no hours", interest.Hours{}.Validate(), "hours"},
		{"start soon", interest.Start{Choice: interest.StartSoon, Month: "x"}.Validate(today), ""},
		{"start this month", interest.Start{Choice: interest.StartFrom, Month: "11", Year: "2026"}.Validate(today), ""},
		{"start last month", interest.Start{Choice: interest.StartFrom, Month: "10", Year: "2026"}.Validate(today), "year"},
		{"start far ahead", interest.Start{Choice: interest.StartFrom, Month: "1", Year: "2033"}.Validate(today), "year"},
		{"start without month", interest.Start{Choice: interest.StartFrom, Year: "2027"}.Validate(today), "month"},
		{"no start", interest.Start{}.Validate(today), "choice"},
		{"help", interest.Help{Slugs: []string{"funding"}}.Validate(), ""},
		{"no help needed", interest.Help{Slugs: []string{interest.HelpNone}}.Validate(), ""},
		{"help and none", interest.Help{Slugs: []string{interest.HelpNone, "funding"}}.Validate(), "help"},
		{"no answer about help", interest.Help{}.Validate(), "help"},
		{"privacy", interest.Privacy{Version: "2", Read: true}.Validate("2"), ""},
		{"privacy not read", interest.Privacy{Version: "2"}.Validate("2"), "read"},
		{"older privacy notice", interest.Privacy{Version: "1", Read: true}.Validate("2"), "read"},
	} {
		got := ""
		if c.errs.Any() {
			got = c.errs[0].Field
		}
		if got != c.want {
			t.Errorf("%s: Validate() = %v, want a fault of %q", c.what, c.errs, c.want)
		}
	}
}

func TestAnswersAreCleaned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want any }{
		{interest.Postcode{Area: " ec1a 1bb "}.Clean(), interest.Postcode{Area: "EC1A"}},
		{interest.Postcode{Area: "ln1"}.Clean(), interest.Postcode{Area: "LN1"}},
		{interest.RegisterNumber{Number: "ph 12-345"}.Clean(), interest.RegisterNumber{Number: "PH12345"}},
		{interest.RegisteredName{Other: interest.No, Full: "x"}.Clean(), interest.RegisteredName{Other: interest.No}},
		{interest.Programme{Registered: interest.No, Reference: "x"}.Clean(), interest.Programme{Registered: interest.No}},
		{interest.Start{Choice: interest.StartSoon, Month: "1"}.Clean(), interest.Start{Choice: interest.StartSoon}},
		{interest.Name{Full: "Zoe\u0308  X"}.Clean(), interest.Name{Full: "Zoë X"}},
	} {
		if c.got != c.want {
			t.Errorf("Clean() = %+v, want %+v", c.got, c.want)
		}
	}
}

func TestEveryApplicableAnswerHasALine(t *testing.T) {
	t.Parallel()
	answers := newAnswers(t)
	lines := interest.Lines(answers, same)
	asked := 0
	for _, step := range interest.Steps() {
		if step.Applies(answers) && step.Slug != interest.StepResult && step.Slug != "privacy" {
			asked++
		}
	}
	if len(lines) != asked {
		t.Errorf("%d lines for %d questions: %+v", len(lines), asked, lines)
	}
	for _, line := range lines {
		step, known := interest.StepBySlug(line.Step)
		if !known || line.Section != step.Section || len(line.Answer) == 0 || line.Answer[0] == "" {
			t.Errorf("line = %+v, want one of a known step with an answer", line)
		}
	}
}

func TestTheMostOrganisationsFitIntoTheIndexes(t *testing.T) {
	t.Parallel()
	store := newStore(t, postgrestest.NewDatabase(t))
	random, most := rand.New(rand.NewPCG(1, 2)), interest.Organisations{}
	for {
		slug := fmt.Sprintf("%016x-%016x", random.Uint64(), random.Uint64()) // which no index makes shorter
		more := interest.Organisations{Slugs: append(slices.Clone(most.Slugs), slug)}
		if errs := more.Validate(more.Slugs); errs.Any() {
			if got := errs.For("organisations"); !strings.HasPrefix(got, "Select fewer organisations") {
				t.Errorf("%d organisations: %q", len(more.Slugs), got)
			}
			break
		}
		most = more
	}
	if len(most.Slugs) < 50 {
		t.Errorf("only %d organisations can be chosen", len(most.Slugs))
	}
	a := newAnswers(t)
	a.Organisations = &most
	if c := mustSend(t, store, a); len(c.Answers.Organisations.Slugs) != len(most.Slugs) {
		t.Errorf("%d of %d organisations were sent", len(c.Answers.Organisations.Slugs), len(most.Slugs))
	}
}
