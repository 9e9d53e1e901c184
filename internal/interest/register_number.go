package interest

import (
	"fmt"
	"regexp"
	"strings"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/validate"
)

// RegisterNumber is the number somebody has or had on HCPC's register.
type RegisterNumber struct {
	Number    string `json:"number,omitempty"`    // letters and digits, no spaces
	Unknown   bool   `json:"unknown,omitempty"`   // they do not know it
	Confirmed bool   `json:"confirmed,omitempty"` // they say that it is right although it looks unusual
}

var (
	numberCharacters = regexp.MustCompile(`^[A-Z0-9]{1,20}$`)
	registerNumber   = regexp.MustCompile(`^([A-Z]{2,3})[0-9]{3,8}$`)
	// apartNumber is a number as people write it, "PH 12345" or "PH-123 45".
	apartNumber = regexp.MustCompile(`(?i)\b(` + strings.Join(registerLetters(), "|") + `)[ -]+([0-9]{2,8})(?:[ -]([0-9]{2,6}))?\b`)
)

// registerLetters are the letters that register numbers begin with.
func registerLetters() []string {
	var letters []string
	for _, p := range profession.All() {
		if p.RegisterLetters != "" {
			letters = append(letters, p.RegisterLetters)
		}
	}
	return letters
}

// joinNumbers writes the register numbers of a text as they are stored, in one.
func joinNumbers(text string) string { return apartNumber.ReplaceAllString(text, "$1$2$3") }

// Step is "register-number".
func (RegisterNumber) Step() string { return "register-number" }

// Validate says what is wrong, by the form's field names: number, confirmed.
// A number that looks unusual for the profession is questioned, not refused:
// the error of confirmed goes away once it is ticked.
func (n RegisterNumber) Validate(professionSlug string) validate.Errors {
	n = n.Clean()
	var errs validate.Errors
	if n.Unknown {
		return errs
	}
	errs.Need("number", n.Number, "Enter your register number, or select that you do not know it")
	if !numberCharacters.MatchString(n.Number) {
		errs.Add("number", "Your register number must be 20 letters and numbers or less")
		return errs
	}
	if question := n.Question(professionSlug); question != "" && !n.Confirmed {
		errs.Add("confirmed", question)
	}
	return errs
}

// Question asks about a number that does not look like one of the profession;
// "" when there is nothing to ask.
func (n RegisterNumber) Question(professionSlug string) string {
	n = n.Clean()
	p, known := profession.BySlug(professionSlug)
	if n.Number == "" || !known || p.RegisterLetters == "" {
		return ""
	}
	parts := registerNumber.FindStringSubmatch(n.Number)
	if parts != nil && parts[1] == p.RegisterLetters {
		return ""
	}
	return fmt.Sprintf("Register numbers of %s start with %s and numbers. Change yours, or confirm that it is right",
		strings.ToLower(p.Name), p.RegisterLetters)
}

// Clean gives the answer as it is stored: capitals, no spaces or dashes, and
// no number where they do not know it.
func (n RegisterNumber) Clean() RegisterNumber {
	text := strings.ToUpper(validate.Line(n.Number))
	n.Number = strings.NewReplacer(" ", "", "-", "").Replace(text)
	if n.Number != "" {
		n.Unknown = false
	}
	if n.Unknown {
		n.Confirmed = false
	}
	return n
}
