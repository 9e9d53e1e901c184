package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating/updatingtest"
)

var today = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// newChecker takes a column for every field, headed by its key.
func newChecker(t testing.TB) *checker {
	t.Helper()
	c := &checker{
		columns: map[string][]int{}, now: today, book: updatingtest.Book(t),
		ended:         retention.Rule{Unit: retention.Month, Period: 12},
		organisations: organisationWords([]faculty.Organisation{{Slug: "ulht", Name: "United Lincolnshire Hospitals NHS Trust", Abbreviation: "ULHT"}, {Slug: "lchs", Name: "Lincolnshire Community Health Services NHS Trust"}}),
		staff:         staffWords([]staff.Account{{ID: "1", Name: "Ada Okafor", Email: "ada@example.org", Role: staff.Lead}, {ID: "2", Name: "Eve", Role: staff.Editor}, {ID: "3", Name: "Ben", Role: staff.Reviewer}, {ID: "4", Name: "Ben", Role: staff.Reviewer}}),
		references:    map[string]int{}, emails: map[string]int{}, numbers: map[string]int{},
	}
	for i, f := range fields {
		c.headings = append(c.headings, f.Key)
		c.columns[f.Key] = []int{i}
	}
	return c
}

// newRow is a row with some cells, and what every row needs.
func newRow(cells ...string) sheet.Record {
	return rowOf(append([]string{"name", "Ada Lovelace", "email", "ada@example.org", "profession", "Dietitian", "received", "28/02/2026"}, cells...)...)
}

func rowOf(cells ...string) sheet.Record {
	r := sheet.Record{Number: 2, Cells: make([]string, len(fields))}
	for i := 0; i < len(cells); i += 2 {
		r.Cells[slices.IndexFunc(fields, func(f Field) bool { return f.Key == cells[i] })] = cells[i+1]
	}
	return r
}

func TestWhatARowSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		cells []string
		says  func(e *entry) any
		want  any
	}{
		{nil, func(e *entry) any { return e.ReceivedAt.Format(time.RFC3339) + " " + string(e.Stage) }, "2026-02-28T12:00:00Z received"},
		{[]string{"received", "1 July 2026"}, func(e *entry) any { return e.ReceivedAt.Format(time.RFC3339) }, "2026-07-01T11:00:00Z"},
		{[]string{"received", "2026-07-01T09:30:00"}, func(e *entry) any { return e.ReceivedAt.Format(time.RFC3339) }, "2026-07-01T08:30:00Z"},
		{[]string{"received", "01/07/2026 09:30"}, func(e *entry) any { return e.ReceivedAt.Format(time.RFC3339) }, "2026-07-01T08:30:00Z"},
		{[]string{"received_at", "2026-02-28T09:30:00.123456Z"}, func(e *entry) any { return e.ReceivedAt.Format(time.RFC3339Nano) }, "2026-02-28T09:30:00.123456Z"},
		{[]string{"received", "20/11/2026"}, func(e *entry) any { return !e.ReceivedAt.After(today) }, true},
		{[]string{"name", "", "first_name", " Ada ", "last_name", "King"}, func(e *entry) any { return e.Answers.Name.Full }, "Ada King"},
		{[]string{"profession", "OT"}, func(e *entry) any { return e.Answers.Profession.Slug }, "occupational-therapists"},
		{[]string{"profession", "OTs"}, func(e *entry) any { return e.Answers.Profession.Slug }, "occupational-therapists"},
		{[]string{"profession", "physio"}, func(e *entry) any { return e.Answers.Profession.Slug }, "physiotherapists"},
		{[]string{"profession", "Therapeutic radiographers"}, func(e *entry) any { return e.Answers.Profession.Slug + " " + e.Answers.Branch.Slug }, "radiographers therapeutic-radiographers"},
		{[]string{"profession", "Radiographer", "branch", "Diagnostic"}, func(e *entry) any { return e.Answers.Branch.Slug }, "diagnostic-radiographers"},
		{[]string{"postcode_area", "pe21 9qr"}, func(e *entry) any { return e.Answers.Postcode.Area }, "PE21"},
		{[]string{"stage", "on placement", "stage_since", "March 5, 2026"}, func(e *entry) any { return string(e.Stage) + " " + interest.DayOf(e.StageSince).String() }, "updating 2026-03-05"},
		{[]string{"stage", "Declined", "reason", "no placement can be offered"}, func(e *entry) any { return e.Reason }, "no-capacity"},
		{[]string{"turn", "On hold", "hold_reason", "waiting-for-placement", "hold_until", "2027-01-31"}, func(e *entry) any { return e.HoldReason + " " + e.HoldUntil.String() }, "waiting-for-placement 2027-01-31"},
		{[]string{"assignee", "ADA@example.org"}, func(e *entry) any { return e.AssigneeID }, "1"},
		{[]string{"last_practised", "Sept 2019"}, func(e *entry) any { return e.Answers.LastPractised.DayInput }, interest.DayInput{Month: "9", Year: "2019"}},
		{[]string{"last_practised", "3rd May 2019"}, func(e *entry) any { return e.Answers.LastPractised.DayInput }, interest.DayInput{Day: "3", Month: "5", Year: "2019"}},
		{[]string{"organisations", "ULHT, Lincolnshire Community Health Services NHS Trust"}, func(e *entry) any { return fmt.Sprint(e.Answers.Organisations.Slugs) }, "[lchs ulht]"},
		{[]string{"organisations", "No preference"}, func(e *entry) any { return e.Answers.Organisations.Any }, true},
		{[]string{"settings", "Community, including people's homes; hospice"}, func(e *entry) any { return fmt.Sprint(e.Answers.Settings.Slugs) }, "[community hospice]"},
		{[]string{"start", "From 2026-05"}, func(e *entry) any { return *e.Answers.Start }, interest.Start{Choice: interest.StartFrom, Month: "5", Year: "2026"}},
		{[]string{"start", "ASAP"}, func(e *entry) any { return e.Answers.Start.Choice }, interest.StartSoon},
		{[]string{"programme_reference", "RTP-1"}, func(e *entry) any { return *e.Answers.Programme }, interest.Programme{Registered: interest.Yes, Reference: "RTP-1"}},
		{[]string{"register_number", "n/a"}, func(e *entry) any { return e.Answers.RegisterNumber.Unknown }, true},
		{[]string{"reference", "k7m4xpd"}, func(e *entry) any { return e.Reference + e.Was }, "K7M-4XPD"},
		{[]string{"reference", "2019/14"}, func(e *entry) any { return e.Reference + e.Was }, "Its reference in the file: 2019/14"},
		{[]string{"notes", "=1+1\r\nrang"}, func(e *entry) any { return e.Note }, "=1+1\nrang"},
	} {
		e := newChecker(t).check(newRow(test.cells...))
		if got := test.says(e); got != test.want {
			t.Errorf("%q: %v, want %v (%v)", test.cells, got, test.want, e.Problems)
		}
		if len(e.Problems) > 0 {
			t.Errorf("%q: %v, want it right", test.cells, e.Problems)
		}
	}
}

func TestWhatIsWrongWithARow(t *testing.T) {
	t.Parallel()
	for _, cells := range [][]string{
		{"name", ""}, {"name", strings.Repeat("x", 201)}, {"email", "ada"}, {"email", "a@b.uk; c@d.uk"}, {"email", ""}, {"phone", "12"},
		{"profession", ""}, {"profession", "Nurse"}, {"profession", "Arts therapist"}, {"profession", "Osteopath"}, {"branch", "Diagnostic"},
		{"received", ""}, {"received", "28/02/26"}, {"received", "02/28/2026"}, {"received", "21/11/2026"}, {"received", "01/01/1899"}, {"received", "yesterday"}, {"received", "February 2026"},
		{"received_at", "2027-01-01T00:00:00Z"}, {"changed_at", "x"}, {"changed_at", "2027-01-01T00:00:00Z"},
		{"stage", "Lost"}, {"stage", "declined"}, {"stage", "declined", "reason", "cost"}, {"stage", "contacted", "stage_since", "27/02/2026"}, {"stage", "contacted", "stage_since", "21/11/2026"},
		{"received", "01/01/2020", "stage", "returned", "stage_since", "19/11/2025"},
		{"turn", "whose"}, {"turn", "on hold"}, {"turn", "on hold", "hold_reason", "other", "hold_until", "soon"}, {"turn", "on hold", "stage", "returned"},
		{"standing", "removed"}, {"standing", "registered-practising"}, {"standing", "left-register", "abroad", "yes"},
		{"abroad", "perhaps"}, {"last_practised", "2019"}, {"last_practised", "03/2026"}, {"last_practised", "01/1850"}, {"qualified", "never"},
		{"register_number", strings.Repeat("1", 21)}, {"programme", "x"}, {"programme", "no", "programme_reference", "1"}, {"programme_reference", strings.Repeat("x", 51)},
		{"last_setting", "the moon"}, {"last_role", strings.Repeat("x", 201)}, {"years", "71"}, {"years", "1.5"}, {"years", "-1"},
		{"organisations", "Nowhere"}, {"organisations", "ULHT; Nowhere"}, {"settings", "the moon"}, {"hours", "nights"}, {"help", "none; funding"}, {"help", "money"},
		{"start", "01/2026"}, {"start", "tomorrow"}, {"contact_by", "pigeon"}, {"postcode_area", "Lincoln"}, {"privacy_version", strings.Repeat("x", 51)},
		{"reference", strings.Repeat("x", 101)}, {"notes", strings.Repeat("x", 4001)}, {"notes", strings.Repeat("x", 10_001)},
		{"name", "A\x00da"}, {"name", "A\x1bda"}, {"notes", "bad \xff byte"}, {"notes", "\ufffe"}, {"email", "ada@example.org\x7f"},
	} {
		e := newChecker(t).check(newRow(cells...))
		if len(e.Problems) == 0 {
			t.Errorf("%q is taken as %+v, want a problem", cells, e.Arrival)
		}
		for _, p := range e.Problems {
			if p.Words == "" || strings.Contains(p.Words, "Lovelace") {
				t.Errorf("%q: %+v", cells, p)
			}
		}
	}
	if e := newChecker(t).check(sheet.Record{Number: 2, Cells: append(newRow().Cells, "", "more")}); len(e.Problems) != 1 {
		t.Errorf("a row with more cells than headings: %v, want one problem", e.Problems)
	}
}

func TestWhatToLookAtIsNoProblem(t *testing.T) {
	t.Parallel()
	for _, cells := range [][]string{
		{"register_number", "XX1"}, {"turn", "the returner's"}, {"assignee", "Eve"}, {"assignee", "Ben"}, {"assignee", "Nobody"},
	} {
		e := newChecker(t).check(newRow(cells...))
		if len(e.Problems) > 0 || len(e.Remarks) != 1 || e.AssigneeID != "" || e.HoldReason != "" {
			t.Errorf("%q: %v, %v, want one remark", cells, e.Problems, e.Remarks)
		}
	}
}

func TestRowsAreComparedWithThePortalAndEachOther(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	known := interest.Known{
		References: map[string]bool{"K7M-4XPD": true}, Erased: map[string]bool{"K7M-4XPF": true},
		Emails: map[string]string{"ada@example.org": "B2B-B2BB"}, Numbers: map[string]string{"DT123": "C2C-C2CC"},
	}
	for i, test := range []struct {
		cells             []string
		problems, remarks int
	}{
		{[]string{"reference", "K7M-4XPD"}, 1, 1},
		{[]string{"reference", "K7M-4XPF"}, 1, 2},
		{[]string{"reference", "K7M-4XPG"}, 0, 2},
		{[]string{"reference", "k7m 4xpg"}, 1, 2},
		{[]string{"email", "", "phone", "01522 000000", "register_number", "dt-123"}, 0, 1},
		{[]string{"email", "other@example.org", "register_number", "DT123"}, 0, 2},
		{[]string{"email", "OTHER@example.org"}, 0, 1},
	} {
		row := newRow(test.cells...)
		row.Number = i + 2
		e := c.check(row)
		e.compare(known)
		if len(e.Problems) != test.problems || len(e.Remarks) != test.remarks {
			t.Errorf("row %d: %v, %v, want %d problems and %d remarks", row.Number, e.Problems, e.Remarks, test.problems, test.remarks)
		}
	}
}

func TestOurOwnHeadingsAreAllRecognised(t *testing.T) {
	t.Parallel()
	left := map[string]bool{"due": true, "days": true, "rule_version": true, "mail_trouble": true, "set_aside": true}
	var headings, want []string
	for _, column := range interest.ExportColumns(true, true) {
		headings = append(headings, column.Heading)
		if left[column.Key] {
			want = append(want, "")
		} else {
			want = append(want, column.Key)
		}
	}
	if got := guess(headings); !slices.Equal(got, want) {
		t.Errorf("guess() = %q, want %q", got, want)
	}
	for i, f := range fields {
		if f.Label == "" || slices.ContainsFunc(fields[:i], func(other Field) bool { return other.Key == f.Key || plain(other.Label) == plain(f.Label) }) {
			t.Errorf("the field %q is called %q, as another is or not at all", f.Key, f.Label)
		}
		if mapped := guess([]string{f.Label}); mapped[0] != f.Key {
			t.Errorf("a column headed %q is taken for %q, want %q", f.Label, mapped[0], f.Key)
		}
	}
}

// FuzzRow holds what every row keeps to that is taken: the form would have taken
// its answers, and the database takes it.
func FuzzRow(f *testing.F) {
	c := newChecker(f)
	f.Add("Ada\x1f\x1f\x1fada@example.org\x1f07700 900000\x1fDietitian\x1f\x1f28/02/2026\x1f\x1fplaced")
	f.Add(strings.Join(newRow("branch", "", "stage", "declined", "reason", "no-capacity", "stage_since", "1 May 2026", "assignee", "Ada Okafor",
		"registered_name", "King", "contact_by", "text", "postcode_area", "LN1", "register_number", "DT12345", "standing", "left-register", "abroad", "no",
		"last_practised", "05/2019", "programme", "yes", "last_role", "Lead", "last_setting", "hospital", "years", "7", "organisations", "ULHT; lchs",
		"settings", "hospital", "hours", "either", "start", "from 2026-09", "help", "funding", "privacy_version", "2", "changed_at", "2026-05-01T10:00:00Z",
		"reference", "K7M-4XPD", "notes", "rang").Cells, "\x1f"))
	f.Fuzz(func(t *testing.T, row string) {
		cells := strings.Split(row, "\x1f")
		for len(cells) < len(fields) {
			cells = append(cells, "")
		}
		c.references, c.emails, c.numbers = map[string]int{}, map[string]int{}, map[string]int{}
		e := c.check(sheet.Record{Number: 2, Cells: cells})
		e.compare(interest.Known{})
		if len(e.Problems) > 0 {
			return
		}
		taken(t, e.Arrival)
	})
}

func taken(t *testing.T, a interest.Arrival) {
	t.Helper()
	text, err := json.Marshal(a.Answers)
	if err != nil || strings.Contains(string(text), `\u0000`) || strings.Contains(string(text), `\ufffd`) || !utf8.Valid(text) {
		t.Fatalf("the answers are %s, %v", text, err)
	}
	if !clean(a.Note+a.Was+a.Reference) || utf8.RuneCountInString(a.Note) > 4000 {
		t.Errorf("notes %q", a.Note+a.Was)
	}
	if a.StageSince.Before(a.ReceivedAt) || a.StageSince.After(today) || a.ReceivedAt.Year() < earliest {
		t.Errorf("received at %s, in its stage since %s", a.ReceivedAt, a.StageSince)
	}
	answers := a.Answers
	if answers.Name.Validate().Any() || answers.Phone.Validate().Any() || answers.Profession.Validate().Any() {
		t.Errorf("answers %+v %+v %+v", answers.Name, answers.Phone, answers.Profession)
	}
	if answers.Email == nil && answers.Phone.Number == "" || answers.Email != nil && answers.Email.Validate().Any() {
		t.Errorf("nobody can be reached: %+v", answers.Email)
	}
	if !a.Stage.Known() || (len(a.Stage.Info().Reasons) > 0) != (a.Reason != "") || (a.HoldReason != "") != !a.HoldUntil.IsZero() {
		t.Errorf("stage %s, reason %q, on hold %q until %s", a.Stage, a.Reason, a.HoldReason, a.HoldUntil)
	}
}
