package interest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// typed is text as the gate in front of every form lets it through.
func typed(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r)
	})
}

// fuzzText holds a question whose answer is text to what every one of them
// promises: what is stored is as clean as it gets, one line, and is taken when
// it comes back from the page of all answers.
func fuzzText(f *testing.F, most int, clean func(string) string, faults func(string) validate.Errors, seeds ...string) {
	for _, seed := range append(seeds, "", " ", "Zoë\n van  der Wal", "a\u00a0b", strings.Repeat("x", 500), "٣٤٥", "\u200b", "x\u202ey") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !typed(text) {
			return
		}
		stored := clean(text)
		if again := clean(stored); again != stored {
			t.Errorf("clean(%q) = %q, which becomes %q", text, stored, again)
		}
		if faults(text).Any() {
			return
		}
		if faults(stored).Any() {
			t.Errorf("%q is taken, and what is stored of it, %q, is not", text, stored)
		}
		if strings.ContainsAny(stored, "\n\r\t") || utf8.RuneCountInString(stored) > most {
			t.Errorf("stored %q, want one line of at most %d characters", stored, most)
		}
	})
}

func FuzzName(f *testing.F) {
	fuzzText(f, maxName, func(s string) string { return Name{Full: s}.Clean().Full },
		func(s string) validate.Errors { return Name{Full: s}.Validate() }, "Zoë van der Wal")
}

func FuzzEmail(f *testing.F) {
	fuzzText(f, 254, func(s string) string { return Email{Address: s}.Clean().Address },
		func(s string) validate.Errors { return Email{Address: s}.Validate() },
		"zoe@example.org", "a@b", "\"a b\"@example.org", "zoë@exämple.org", "a@b@c.uk", "<a@b.uk>", "a@b.uk, c@d.uk", "a@[127.0.0.1]")
}

func FuzzPhone(f *testing.F) {
	fuzzText(f, 40, func(s string) string { return Phone{Number: s}.Clean().Number },
		func(s string) validate.Errors { return Phone{Number: s}.Validate() }, "01522 000000", "+44 (0)7700 900000", "07700-900-000 ext 3")
}

func FuzzPostcode(f *testing.F) {
	fuzzText(f, 4, func(s string) string { return Postcode{Area: s}.Clean().Area },
		func(s string) validate.Errors { return Postcode{Area: s}.Validate() }, "LN1", "ln1 2ab", "PE21", "EC1A 1BB", "ſw1")
}

func FuzzRegisterNumber(f *testing.F) {
	fuzzText(f, 20, func(s string) string { return RegisterNumber{Number: s}.Clean().Number },
		func(s string) validate.Errors {
			return RegisterNumber{Number: s, Confirmed: true}.Validate("physiotherapists")
		}, "PH12345", "ph 123-45", "CH1", "ß123")
}

func FuzzDate(f *testing.F) {
	for _, seed := range [][3]string{{"", "11", "2021"}, {"29", "2", "2024"}, {"29", "Feb", "2023"}, {"31", "sept", "1999"}, {"0", "0", "0"}, {"-1", "1", "20210"}, {"1", "ja", "1940"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	today := updating.Date{Year: 2026, Month: 11, Day: 20}
	f.Fuzz(func(t *testing.T, day, month, year string) {
		if !typed(day) || !typed(month) || !typed(year) {
			return
		}
		given := DayInput{Day: day, Month: month, Year: year}.clean()
		var errs validate.Errors
		given.check(&errs, "last practised", today)
		when := given.When()
		if !errs.Any() && (!when.Valid() || when.Earliest().After(today)) {
			t.Errorf("%+v is taken as %+v, want a date that is not after %s", given, when, today)
		}
		if !when.IsZero() {
			if again := inputOf(when).When(); again != when {
				t.Errorf("%+v is %+v, which is written back as %+v", given, when, again)
			}
		}
	})
}
