package adminview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// The ids of the fields of two forms, by their names. The first field of a date
// has the error of the whole.
var (
	askIDs = map[string]string{
		"message": "ask-message", "steps": "ask-steps", "day": "answer-by-day", "month": "answer-by-month", "year": "answer-by-year",
	}
	holdIDs = map[string]string{
		"reason": "hold-reason", "day": "until-day", "month": "until-month", "year": "until-year", "note": "hold-note",
	}
)

// copyDue is the last day to give the person the copy of their data that they
// asked for.
func (v Expression) copyDue() updating.Date { return interest.CopyDue(*v.Case.CopyAskedAt) }

// mayAsk reports whether the person can be asked for more: one thing at a time,
// and not after the end.
func (v Expression) mayAsk() bool {
	_, open := v.Case.Open()
	return !open && !v.Case.Stage.Info().Ends
}

func (v Expression) mayHold() bool {
	return v.Case.Turn != interest.OnHold && !v.Case.Stage.Info().Ends
}

// unsent is what was typed into a form that the case, as it is now, has no
// place for; "" where there is none.
func (v Expression) unsent() string {
	if v.Asking.Reference != "" && !v.mayAsk() {
		return v.Asking.Message
	}
	if v.Move.Words != nil && !interest.MayMove(v.Case.Stage, v.Move.To) {
		return told(*v.Move.Words)
	}
	if v.Hold.Reference != "" && !v.mayHold() {
		parts := []string{interest.Label(interest.HoldReasons(), v.Hold.Reason)}
		if until := v.Hold.Until.When(); !until.IsZero() {
			parts = append(parts, "Until "+until.Words())
		}
		return strings.Join(append(parts, v.Hold.Note), "\n")
	}
	return ""
}

// turnRows say whose turn it is, since when and until when. A case that ended
// waits for nobody, nor does one that is set aside.
func (v Expression) turnRows() []component.SummaryRow {
	if v.Case.Stage.Info().Ends || v.aside() {
		return nil
	}
	rows := []component.SummaryRow{row("Turn", v.Case.Turn.Name()+", since "+v.moment(v.Case.TurnSince))}
	if !v.Case.DueOn.IsZero() {
		rows = append(rows, htmlRow("Move it on by", due(v.Case.DueOn.Words(), v.Today.After(v.Case.DueOn))))
	}
	if v.Case.Turn == interest.OnHold {
		rows = append(rows, row("On hold until", v.holdWords()))
	}
	if open, waits := v.Case.Open(); waits && !open.AnswerBy.IsZero() {
		rows = append(rows, htmlRow("Answer by", due(open.AnswerBy.Words(), v.late(open))))
	}
	return rows
}

func (v Expression) holdWords() string {
	return v.Case.HoldUntil.Words() + ": " + interest.Label(interest.HoldReasons(), v.Case.HoldReason)
}

// late reports whether the day to answer by is over, and nobody answered.
func (v Expression) late(r interest.Request) bool {
	return r.Open() && !r.AnswerBy.IsZero() && v.Today.After(r.AnswerBy)
}

// turnSentence says whose turn it is, for the forms below it.
func (v Expression) turnSentence() string {
	_, asked := v.Case.Open()
	switch {
	case v.Case.Turn == interest.OnHold && asked:
		return "On hold until " + v.holdWords() + ". The returner has not answered what we asked either."
	case v.Case.Turn == interest.OnHold:
		return "On hold until " + v.holdWords() + ". Asking for more information ends that."
	case asked:
		return "It is the returner’s turn: they have not answered yet. No email tells them if you take the question back."
	}
	return "It is our turn."
}

// askItems are the questions of the form that can be asked again.
func (v Expression) askItems() []component.Choice {
	var items []component.Choice
	for _, step := range interest.AskableSteps(v.Case.Answers) {
		items = append(items, component.Choice{Value: step.Slug, Text: interest.QuestionOf(step.Slug)})
	}
	return items
}

func holdItems() []component.Choice {
	var items []component.Choice
	for _, reason := range interest.HoldReasons() {
		items = append(items, component.Choice{Value: reason.Slug, Text: reason.Label})
	}
	return items
}

func (v Expression) answerBy() component.DateInput {
	return v.dayInput("answer-by", "Answer by (optional)", v.Asking.AnswerBy, v.AskErrors)
}

func (v Expression) holdUntil() component.DateInput {
	return v.dayInput("until", "Until which day?", v.Hold.Until, v.HoldErrors)
}

// dayInput asks for a day ahead. Its one message marks the field that it is about.
func (v Expression) dayInput(id, legend string, typed interest.DayInput, errs validate.Errors) component.DateInput {
	part := func(name, value string) component.DatePart {
		wrong := component.Off
		if errs.For(name) != "" {
			wrong = component.On
		}
		return component.DatePart{Name: name, Value: value, Error: wrong}
	}
	input := component.DateInput{
		ID:       id,
		Fieldset: component.Fieldset{Legend: component.Legend{Text: legend, Size: "s"}},
		Hint:     component.Hint{Text: "For example, 15 3 " + strconv.Itoa(v.Today.Year+1)},
		Day:      part("day", typed.Day), Month: part("month", typed.Month), Year: part("year", typed.Year),
	}
	input.Month.Inputmode = "text" // a month's name is read too
	for _, field := range []string{"day", "month", "year"} {
		if message := errs.For(field); message != "" {
			input.ErrorMessage.Text = message
		}
	}
	return input
}

// requestRows are what the person was asked, and what came of it.
func (v Expression) requestRows(r interest.Request) []component.SummaryRow {
	rows := []component.SummaryRow{
		row("Asked", moment(r.AskedAt)+v.asker(r)),
		htmlRow("What we want to know", lines(r.Message)),
	}
	if len(r.Steps) > 0 {
		rows = append(rows, htmlRow("Questions of the form", lines(questionNames(r.Steps))))
	}
	if !r.AnswerBy.IsZero() {
		rows = append(rows, htmlRow("Answer by", due(r.AnswerBy.Words(), v.late(r))))
	}
	switch {
	case r.Open():
		rows = append(rows, row("Answered", "Not yet"))
	case r.AnsweredAt != nil:
		rows = append(rows, row("Answered", moment(*r.AnsweredAt)), htmlRow("Their answer", lines(replyWords(r))))
	case r.EndedAt != nil:
		rows = append(rows, row(v.endWords(r), moment(*r.EndedAt)))
	}
	return rows
}

// asker says who asked: " by Sam Rivers".
func (v Expression) asker(r interest.Request) string {
	for _, e := range v.Case.Events {
		if e.ID == r.EventID {
			return " by " + v.who(e)
		}
	}
	return ""
}

// endWords say how a request ended that nobody answered.
func (v Expression) endWords(r interest.Request) string {
	for _, e := range v.Case.Events {
		if e.Kind == interest.EventTakenBack && e.At.Equal(*r.EndedAt) {
			return "Taken back"
		}
	}
	return "Ended with the case"
}

func questionNames(slugs []string) string {
	var names []string
	for _, slug := range slugs {
		names = append(names, interest.QuestionOf(slug))
	}
	return strings.Join(names, "\n")
}

func replyWords(r interest.Request) string {
	if r.Reply == "" {
		return "They answered the questions of the form. The timeline says what changed."
	}
	return r.Reply
}

// turnWhat says what an event is that is about the turn of a case, or about
// what the person may ask for.
func turnWhat(e interest.Event) string {
	switch e.Kind {
	case interest.EventAsked:
		return "Asked for more information" + until(", answer by ", e.Until)
	case interest.EventAnswered:
		return "Answered what we asked"
	case interest.EventTakenBack:
		return "Question taken back"
	case interest.EventCorrected:
		if e.Step == interest.StepResult {
			return "Days of updating worked out again"
		}
		return "Answer corrected: " + interest.QuestionOf(e.Step)
	case interest.EventHeld:
		return "Put on hold" + until(" until ", e.Until) + ": " + interest.Label(interest.HoldReasons(), e.Reason)
	case interest.EventResumed:
		return "The case goes on"
	case interest.EventCopyAsked:
		return "Asked for a copy of their data"
	case interest.EventExported:
		return "Exported to a file: " + interest.Label(interest.ExportFormats(), e.Reason)
	case interest.EventRescued:
		return "Found to be from a person"
	case interest.EventCopyGiven:
		return "Copy of their data given"
	default:
		return "Note"
	}
}

// until is a day after some words; "" where there is none.
func until(words string, day updating.Date) string {
	if day.IsZero() {
		return ""
	}
	return words + day.Words()
}
