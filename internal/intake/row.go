package intake

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
)

// mostRunes is the most characters of a cell.
const mostRunes = 10_000

// earliest is the year from which on a form can have come.
const earliest = 1990

// checker looks at the rows of one file.
type checker struct {
	headings      []string
	columns       map[string][]int // by the key of a field
	now           time.Time
	book          updating.Book
	ended         retention.Rule // of cases that have ended
	organisations choice
	staff         choice

	// The first rows with a value of which two are the same person's, or none is
	// right.
	references, emails, numbers map[string]int
}

// entry is a row that is looked at.
type entry struct {
	c     *checker
	cells []string
	Finding
	interest.Arrival
}

// check makes a case of a row, as far as it is right.
func (c *checker) check(record sheet.Record) *entry {
	e := &entry{c: c, cells: record.Cells, Finding: Finding{Row: record.Number}, Arrival: interest.Arrival{Row: record.Number}}
	if !e.legible() {
		return e
	}
	e.readTimes()
	e.readPerson()
	e.readContact()
	e.readSituation()
	e.readRegistration()
	e.readExperience()
	e.readWishes()
	e.readStage()
	e.readTurn()
	e.readReference()
	e.readNotes()
	if len(e.Problems) == 0 && e.Leaves() {
		e.problem("profession", "With these answers another route is right for them, and the form would not have taken them. Leave the row out, or correct it")
	}
	return e
}

// legible looks at every cell of a column that is imported before anything is
// read from it.
func (e *entry) legible() bool {
	for _, cell := range e.cells[len(e.c.headings):] {
		if strings.TrimSpace(cell) != "" {
			e.whole("The row has more cells than there are headings. Check that no cell was parted in two")
			return false
		}
	}
	for _, f := range fields {
		for _, column := range e.c.columns[f.Key] {
			cell := e.cells[column]
			switch {
			case utf8.RuneCountInString(cell) > mostRunes:
				e.say(column, "The cell has more than 10,000 characters")
			case !clean(cell):
				e.say(column, "The cell has a character that cannot be read. Type its text again")
			}
		}
	}
	return len(e.Problems) == 0
}

// value is what stands in a row for a field, on one line; "" where nothing does.
func (e *entry) value(key string) string { return validate.Line(e.raw(key)) }

func (e *entry) raw(key string) string {
	for _, column := range e.c.columns[key] {
		return e.cells[column]
	}
	return ""
}

func (e *entry) has(key string) bool { return e.value(key) != "" }

func (e *entry) whole(words string) { e.Problems = append(e.Problems, Remark{Words: words}) }

func (e *entry) say(column int, words string) {
	e.Problems = append(e.Problems, Remark{Column: e.c.headings[column], Words: words})
}

func (e *entry) heading(key string) string {
	for _, column := range e.c.columns[key] {
		return e.c.headings[column]
	}
	return ""
}

func (e *entry) problem(key, words string) {
	e.Problems = append(e.Problems, Remark{Column: e.heading(key), Words: words})
}

func (e *entry) remark(key, words string) {
	e.Remarks = append(e.Remarks, Remark{Column: e.heading(key), Words: words})
}

// hold notes what to do where the form's own check finds something wrong.
func (e *entry) hold(faults validate.Errors, key, words string) {
	if faults.Any() {
		e.problem(key, words)
	}
}

// pick reads a cell of a closed list; "" for an empty one.
func (e *entry) pick(key string, from choice, words string) string {
	if !e.has(key) {
		return ""
	}
	slug, known := from.of(e.value(key))
	if !known {
		e.problem(key, words)
	}
	return slug
}

// pickAll reads a cell that may hold several of a closed list.
func (e *entry) pickAll(key string, from choice, words string) []string {
	slugs, known := from.each(validate.Text(e.raw(key)))
	if !known {
		e.problem(key, words)
	}
	return slugs
}

func (e *entry) readTimes() {
	e.ReceivedAt = e.receivedAt()
	e.Answers.On, e.Answers.Book = interest.DayOf(e.ReceivedAt), e.c.book
	if e.has("changed_at") {
		at, known := readMoment(e.value("changed_at"))
		if !known || at.After(e.c.now) {
			e.problem("changed_at", "Enter a time in the past as our exports have it, like 2025-02-28T09:30:00.000000Z, or leave the cell empty")
			return
		}
		e.ChangedAt = at
	}
}

func (e *entry) receivedAt() time.Time {
	key, at, known := "received_at", time.Time{}, false
	if e.has(key) {
		at, known = readMoment(e.value(key))
	}
	if !known {
		if !e.has(key) || e.has("received") {
			key = "received"
		}
		var day updating.Date
		if day, known = readDay(e.value(key)); known {
			at = momentOf(day, e.value(key))
			if day == interest.DayOf(e.c.now) && at.After(e.c.now) {
				at = e.c.now // noon is still to come
			}
		}
	}
	switch {
	case !known:
		e.problem(key, "Enter the day on which the form came, like 28/02/2025")
	case at.After(e.c.now):
		e.problem(key, "The day on which the form came must be today or in the past")
	case at.Year() < earliest:
		e.problem(key, fmt.Sprintf("Check the year: the day on which the form came must be in %d or later", earliest))
	}
	return at
}

func (e *entry) readPerson() {
	key, full := "name", e.value("name")
	if full == "" {
		if full = validate.Line(e.value(firstName) + " " + e.value(lastName)); full != "" || len(e.c.columns[key]) == 0 {
			key = lastName
		}
	}
	name := interest.Name{Full: full}.Clean()
	e.hold(name.Validate(), key, "Enter the name, in 200 characters or less")
	e.Answers.Name = &name
	if other := e.value("registered_name"); other != "" {
		registered := interest.RegisteredName{Other: interest.Yes, Full: other}.Clean()
		e.hold(registered.Validate(), "registered_name", "The name on the register must be 200 characters or less")
		e.Answers.RegisteredName = &registered
	}
}

func (e *entry) readContact() {
	if !e.has("email") && !e.has("phone") {
		e.whole("Enter an email address or a phone number")
	}
	if e.has("email") {
		email := interest.Email{Address: e.value("email")}.Clean()
		e.hold(email.Validate(), "email", "Enter one email address, like name@example.com")
		e.Answers.Email = &email
	}
	phone := interest.Phone{Number: e.value("phone")}.Clean()
	e.hold(phone.Validate(), "phone", "Enter one phone number, like 01522 000000, 07700 900000 or +44 7700 900000")
	e.Answers.Phone = &phone
	if by := e.pick("contact_by", contactWords, "Enter how to reach them: "+contactList); by != "" {
		e.Answers.Contact = &interest.Contact{By: by}
	}
	if e.has("postcode_area") {
		postcode := interest.Postcode{Area: e.value("postcode_area")}.Clean()
		e.hold(postcode.Validate(), "postcode_area", "Enter the first half of a postcode, like LN1 or PE21")
		e.Answers.Postcode = &postcode
	}
}

func (e *entry) readSituation() {
	branch, named := branchWords.of(e.value("profession"))
	slug := e.pick("profession", professionWords, "Enter one of the 14 professions, like Dietitian or Diagnostic radiographer")
	if !e.has("profession") {
		e.problem("profession", "Enter the profession")
	}
	e.Answers.Profession = &interest.Profession{Slug: slug}
	if e.has("branch") {
		branch, named = branchWords.of(e.value("branch"))
		named = named && !interest.Branch{Slug: branch}.Validate(slug).Any()
		if !named {
			e.problem("branch", "Enter a branch of the profession, like Diagnostic radiographer, or leave the cell empty")
		}
	}
	if named {
		e.Answers.Branch = &interest.Branch{Slug: branch}
	}
	if standing := e.pick("standing", standingWords, "Enter how they stand with their regulator as the form says it, like “I was registered, and my registration has ended”, or leave the cell empty"); standing != "" {
		e.Answers.Standing = &interest.Standing{Standing: updating.Standing(standing)}
	}
	if abroad := e.pick("abroad", yesNo, "Enter Yes or No, or leave the cell empty"); abroad != "" {
		e.Answers.Abroad = &interest.Abroad{Answer: abroad}
	}
	if day, given := e.readWhen("last_practised"); given {
		last := interest.LastPractised{DayInput: day}
		e.hold(last.Validate(e.Answers.On), "last_practised", "Enter a day or a month before the form came, from 1940 on, like 05/2019")
		e.Answers.LastPractised = &last
	}
	if day, given := e.readWhen("qualified"); given {
		qualified := interest.Qualified{DayInput: day}
		e.hold(qualified.Validate(e.Answers.On), "qualified", "Enter a day or a month before the form came, from 1940 on, like 05/2019")
		e.Answers.Qualified = &qualified
	}
}

// readWhen reads a day or a month; false where there is none, or none that is
// one.
func (e *entry) readWhen(key string) (interest.DayInput, bool) {
	if !e.has(key) {
		return interest.DayInput{}, false
	}
	w, known := readWhen(e.value(key))
	if !known {
		e.problem(key, "Enter a day like 28/02/2019 or a month like 02/2019, with 4 numbers for the year")
	}
	return inputOf(w), known
}

// noNumber are words for a register number that nobody knows.
var noNumber = choice{}.add("unknown", "not known", "unknown", "n/a", "na", "none")

func (e *entry) readRegistration() {
	if e.has("register_number") {
		number := interest.RegisterNumber{Number: e.value("register_number"), Confirmed: true}.Clean()
		if text := e.value("register_number"); plain(text) == "" || noNumber[plain(text)] != "" {
			number = interest.RegisterNumber{Unknown: true}
		}
		slug := e.Answers.Profession.Slug
		e.hold(number.Validate(slug), "register_number", "A register number has 20 letters and numbers or less")
		if number.Confirmed = number.Question(slug) != ""; number.Confirmed {
			e.remark("register_number", "The register number does not look like one of the profession")
		}
		e.Answers.RegisterNumber = &number
	}
	on := e.pick("programme", yesNo, "Enter Yes or No, or leave the cell empty")
	reference := e.value("programme_reference")
	switch {
	case on == "" && reference != "":
		on = interest.Yes
	case on == interest.No && reference != "":
		e.problem("programme_reference", "There is a reference of the national programme, and they are not on it. Correct one of the two")
	}
	if on != "" {
		programme := interest.Programme{Registered: on, Reference: reference}.Clean()
		e.hold(programme.Validate(), "programme_reference", "The reference of the national programme must be 50 characters or less")
		e.Answers.Programme = &programme
	}
}
