package intake

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ahpfaculty/internal/interest"
)

// Field is something that a column of a file can be.
type Field struct {
	Key    string
	Label  string
	Hint   string // what may stand in it; mostly ""
	Needed bool   // every row needs it, as it is or as another field says it
	Many   bool   // several columns can be it

	words []string // usual headings, in small letters
}

// The keys of the fields that are not named as in our own exports.
const (
	firstName = "first_name"
	lastName  = "last_name"
	notes     = "notes"
)

// fields is the table of what columns can be, in the order in which they are
// offered. Their headings in our own exports are recognised without being
// listed here.
var fields = labelled([]Field{
	{Key: "name", Needed: true, Hint: "The whole name, if first and last name have no columns of their own",
		words: []string{"full name", "applicant", "applicant name", "returner", "contact name", "person"}},
	{Key: firstName, Label: "First name", words: []string{"forename", "given name", "first names", "forenames"}},
	{Key: lastName, Label: "Last name", words: []string{"surname", "family name"}},
	{Key: "email", Needed: true, Hint: "Every row needs an email address or a phone number",
		words: []string{"email", "e mail", "e mail address", "mail", "contact email", "email id"}},
	{Key: "phone", Needed: true,
		words: []string{"phone", "telephone", "telephone number", "tel", "tel no", "mobile", "mobile number", "mobile phone", "contact number", "phone no"}},
	{Key: "profession", Needed: true, words: []string{"ahp profession", "job", "discipline", "ahp", "ahp group", "job role"}},
	{Key: "branch", Hint: "Of radiographers, prosthetists and orthotists", words: []string{"specialism", "modality"}},
	{Key: "received", Needed: true, Hint: "The day on which the form came, like 28/02/2025",
		words: []string{"date received", "received on", "date", "date of enquiry", "enquiry date", "date of contact", "timestamp", "submitted", "date submitted", "submission date", "start time", "completion time"}},
	{Key: "received_at", Hint: "As our own exports have it"},
	{Key: "stage", Hint: "Without it, each case is imported as received", words: []string{"status", "progress", "current stage", "current status", "outcome"}},
	{Key: "reason", Hint: "Why a case was declined, withdrawn or closed", words: []string{"reason for closing", "reason closed", "closure reason", "outcome reason"}},
	{Key: "stage_since", Hint: "Without it, the day on which the form came", words: []string{"status date", "date of status", "last updated", "outcome date", "date closed", "closed on"}},
	{Key: "turn"},
	{Key: "hold_reason"},
	{Key: "hold_until"},
	{Key: "assignee", Hint: "Their name here, or the email address they sign in with",
		words: []string{"assigned", "owner", "allocated to", "lead", "case worker", "caseworker", "handler", "reviewer"}},
	{Key: "registered_name", words: []string{"maiden name", "previous name", "former name"}},
	{Key: "contact_by", words: []string{"preferred contact", "contact preference", "preferred contact method", "contact method"}},
	{Key: "postcode_area", Hint: "Of a whole postcode, only the first half is kept", words: []string{"postcode", "post code", "home postcode", "postal code", "zip"}},
	{Key: "register_number", words: []string{"hcpc number", "hcpc no", "hcpc", "hcpc registration number", "registration number", "hcpc pin", "hcpc registration"}},
	{Key: "standing", Label: "Registration", words: []string{"registration status", "hcpc status", "register status"}},
	{Key: "abroad", words: []string{"practised abroad", "practised overseas", "worked abroad"}},
	{Key: "last_practised", Hint: "A day or a month, like 05/2019", words: []string{"date last practised", "last practice", "last worked", "last in practice", "left practice", "last practised date"}},
	{Key: "qualified", Hint: "A day or a month, like 05/2019", words: []string{"date qualified", "qualification date", "year qualified", "date of qualification"}},
	{Key: "programme", words: []string{"rtp programme", "national programme", "registered with hee", "hee programme"}},
	{Key: "programme_reference", words: []string{"programme ref", "rtp reference", "hee reference"}},
	{Key: "last_role", words: []string{"job title", "previous role", "previous job", "last job", "last job title"}},
	{Key: "last_setting", words: []string{"previous setting", "last workplace"}},
	{Key: "years", words: []string{"years of experience", "years experience", "years practised", "experience years"}},
	{Key: "organisations", words: []string{"organisation", "organisations", "preferred organisation", "trust", "preferred trust", "placement organisation"}},
	{Key: "settings", words: []string{"setting", "preferred setting", "preferred settings", "area of interest", "areas of interest"}},
	{Key: "hours", words: []string{"hours wanted", "preferred hours", "full time or part time", "working hours", "availability"}},
	{Key: "start", words: []string{"start date", "earliest start", "available from"}},
	{Key: "help", words: []string{"help needed", "support needed", "help wanted", "support required"}},
	{Key: "privacy_version"},
	{Key: "changed_at", Hint: "As our own exports have it"},
	{Key: "reference", Hint: "One that is none of ours is kept in the timeline", words: []string{"ref", "reference number", "case number", "id", "case id", "ref no"}},
	{Key: notes, Label: "Notes", Many: true, Hint: "Kept in the timeline. Several columns can be notes",
		words: []string{"note", "comments", "comment", "additional information", "other information", "remarks", "further information"}},
})

// labelled gives fields their headings in our own exports as labels.
func labelled(fields []Field) []Field {
	headings := map[string]string{}
	for _, column := range interest.ExportColumns(true, true) {
		headings[column.Key] = column.Heading
	}
	for i, f := range fields {
		if f.Label == "" {
			fields[i].Label = headings[f.Key]
		}
	}
	return fields
}

// Fields gives what columns can be, in the order in which they are offered.
func Fields() []Field { return slices.Clone(fields) }

// needs are what every row needs: one of some fields each.
var needs = []need{
	{"Name, or first and last name", []string{"name", firstName, lastName}},
	{"Profession", []string{"profession"}},
	{"Received", []string{"received", "received_at"}},
	{"Email address or phone number", []string{"email", "phone"}},
}

type need struct {
	words string
	keys  []string
}

func (n need) met(mapping []string) bool {
	return slices.ContainsFunc(n.keys, func(key string) bool { return slices.Contains(mapping, key) })
}

// guess says what columns are by their headings: by those of our own exports
// first, then by usual words, then by what stands before a bracket.
func guess(headings []string) []string {
	mapping := make([]string, len(headings))
	taken := map[string]bool{}
	for _, fits := range []func(Field, string) bool{
		func(f Field, heading string) bool { return plain(heading) == plain(f.Label) },
		func(f Field, heading string) bool {
			return plain(heading) == plain(f.Key) || slices.Contains(f.words, plain(heading))
		},
		func(f Field, heading string) bool {
			before, _, _ := strings.Cut(heading, "(")
			return plain(before) == plain(f.Label) || slices.Contains(f.words, plain(before))
		},
	} {
		for column, heading := range headings {
			for _, f := range fields {
				if mapping[column] == "" && (f.Many || !taken[f.Key]) && fits(f, heading) {
					mapping[column], taken[f.Key] = f.Key, true
				}
			}
		}
	}
	return mapping
}

// plain is a text as headings and choices are compared: small letters and digits
// in words.
func plain(text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, " ")
}
