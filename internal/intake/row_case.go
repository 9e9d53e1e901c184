package intake

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/validate"
)

func (e *entry) readStage() {
	e.Stage, e.StageSince = interest.Received, e.ReceivedAt
	if slug := e.pick("stage", stageWords, "Enter one of the stages: "+stageList); slug != "" {
		e.Stage = interest.Stage(slug)
	}
	info := e.Stage.Info()
	if len(info.Reasons) > 0 {
		words := "Enter why the case was " + strings.ToLower(info.Name) + ": " + list(info.Reasons)
		if e.Reason = e.pick("reason", options(info.Reasons), words); !e.has("reason") {
			e.problem("reason", words)
		}
	}
	if e.Stage != interest.Received {
		e.readSince()
	}
	if before := e.c.ended.Before(e.c.now); info.Ends && e.StageSince.Before(before) && !e.ReceivedAt.IsZero() {
		e.problem("stage_since", fmt.Sprintf("It ended more than %s ago: the portal keeps no case that long", e.c.ended.Words()))
	}
}

// readSince reads since when a case is in its stage: a day, on which the form
// may have come.
func (e *entry) readSince() {
	if !e.has("stage_since") {
		return
	}
	day, known := readDay(e.value("stage_since"))
	received := interest.DayOf(e.ReceivedAt)
	switch {
	case !known:
		e.problem("stage_since", "Enter the day since when the case is in its stage, like 28/02/2025, or leave the cell empty")
	case day.After(interest.DayOf(e.c.now)):
		e.problem("stage_since", "The day since when the case is in its stage must be today or in the past")
	case day.Before(received):
		e.problem("stage_since", "The day since when the case is in its stage must not be before the day on which the form came")
	case day != received:
		e.StageSince = momentOf(day, e.value("stage_since"))
		if e.StageSince.After(e.c.now) {
			e.StageSince = e.c.now
		}
	}
}

func (e *entry) readTurn() {
	switch e.pick("turn", turnWords, "Enter whose turn it is: Ours, The returner’s or On hold") {
	case string(interest.Returners):
		if !e.Stage.Info().Ends {
			e.remark("turn", "It waits for an answer, and what was asked is not in the file. It will be our turn: ask again if you still need to know")
		}
	case string(interest.OnHold):
		e.readHold()
	}
	if !e.has("assignee") {
		return
	}
	id, known := e.c.staff.of(e.value("assignee"))
	if !known {
		e.remark("assignee", "No account that works on cases has this name or email address. It will be assigned to nobody")
	}
	e.AssigneeID = id
}

func (e *entry) readHold() {
	if e.Stage.Info().Ends {
		e.problem("turn", "A case that has ended cannot be on hold. Correct one of the two")
		return
	}
	words := "Enter why it is on hold: " + holdList
	if e.HoldReason = e.pick("hold_reason", holdWords, words); !e.has("hold_reason") {
		e.problem("hold_reason", words)
	}
	day, known := readDay(e.value("hold_until"))
	if !known || day.Year > e.c.now.Year()+10 {
		e.problem("hold_until", "Enter the day until which it is on hold, like 28/02/2026")
	}
	e.HoldUntil = day
}

// own is what our references look like.
var own = regexp.MustCompile(`^[2-9BCDFGHJKMNPQRSTVWXYZ]{3}-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$`)

func (e *entry) readReference() {
	text := e.value("reference")
	normal := interest.NormalReference(text)
	switch {
	case text == "":
	case own.MatchString(normal):
		e.Reference = normal
		if first, twice := e.c.references[normal]; twice && first != e.Finding.Row {
			e.problem("reference", fmt.Sprintf("Row %d has the same reference", first))
		} else {
			e.c.references[normal] = e.Finding.Row
		}
	case utf8.RuneCountInString(text) > 100:
		e.problem("reference", "The reference must be 100 characters or less")
	default:
		e.Was = "Its reference in the file: " + text
	}
}

func (e *entry) readNotes() {
	var all []string
	columns := e.c.columns[notes]
	for _, column := range columns {
		text := validate.Text(e.cells[column])
		if text != "" && len(columns) > 1 {
			text = e.c.headings[column] + ": " + text
		}
		if text != "" {
			all = append(all, text)
		}
	}
	note := interest.Note{Text: strings.Join(all, "\n")}.Clean()
	if note.Text != "" {
		e.hold(note.Validate(), notes, "The notes must be 4,000 characters or less together")
	}
	e.Note = note.Text
}

// compare says what the portal has already of a row, and what rows before it.
func (e *entry) compare(known interest.Known) {
	switch {
	case e.Reference == "":
	case known.References[e.Reference]:
		e.problem("reference", "The case with this reference is in the portal already")
	case known.Erased[e.Reference]:
		e.problem("reference", "The case with this reference was erased from the portal, and is not brought back")
	}
	if email := e.normalEmail(); email != "" {
		e.alike("email", "email address", email, known.Emails, e.c.emails)
	}
	if number := e.registerNumber(); number != "" {
		e.alike("register_number", "register number", number, known.Numbers, e.c.numbers)
	}
}

// alike remarks that another case, or a row before, may be the same person's.
func (e *entry) alike(key, what, value string, known map[string]string, rows map[string]int) {
	if reference, there := known[value]; there {
		e.remark(key, fmt.Sprintf("The case %s has the same %s", reference, what))
	}
	if first, there := rows[value]; there {
		e.remark(key, fmt.Sprintf("Row %d has the same %s", first, what))
	} else {
		rows[value] = e.Finding.Row
	}
}

func (e *entry) normalEmail() string {
	if e.Answers.Email == nil {
		return ""
	}
	return interest.NormalEmail(e.Answers.Email.Address)
}

func (e *entry) registerNumber() string {
	if e.Answers.RegisterNumber == nil {
		return ""
	}
	return e.Answers.RegisterNumber.Number
}
