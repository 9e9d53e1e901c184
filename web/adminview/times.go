package adminview

import (
	"slices"
	"strconv"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
	"ahpfaculty/web/component"
)

// TimesURL is every time that counts in working days.
func TimesURL() string { return "/admin/times" }

// StageLimitsURL sets how long stages may take, by POST.
func StageLimitsURL() string { return TimesURL() + "/stages" }

// ReplyTimesURL sets when the faculty replies, by POST.
func ReplyTimesURL() string { return TimesURL() + "/replies" }

// HolidaysURL adds a bank holiday, by POST.
func HolidaysURL() string { return TimesURL() + "/holidays" }

// HolidayRemoveURL removes a bank holiday that was added, by POST.
func HolidayRemoveURL() string { return HolidaysURL() + "/remove" }

// HolidayField is the name of the buttons that remove a bank holiday: its day.
const HolidayField = "day"

// Errors lists what is wrong with the one form of the page that was sent.
func (v Times) Errors() []component.ErrorItem {
	items := append(errorItems(v.LimitErrors), errorItems(v.ReplyErrors)...)
	return append(items, errorItems(v.HolidayErrors)...)
}

// limitInput is the field for one stage.
func (v Times) limitInput(l interest.StageLimit) component.Input {
	value := workingDays(l.WorkingDays)
	if v.NewLimits != nil {
		value = v.NewLimits.Days[l.Stage]
	}
	return v.daysInput(string(l.Stage), value, l.Stage.Name(), v.set(l), message(v.LimitErrors, string(l.Stage)))
}

func (v Times) daysInput(name, value, label, hint string, wrong component.ErrorMessage) component.Input {
	return component.Input{
		ID: name, Name: name, Value: value, Inputmode: "numeric", Width: 3, Autocomplete: "off", Suffix: component.Affix{Text: "working days"},
		Label: component.Label{Text: label, Size: "s"}, Hint: component.Hint{Text: hint}, ErrorMessage: wrong,
	}
}

// set says what a limit is, who set it, and when.
func (v Times) set(l interest.StageLimit) string {
	if l.ChangedAt == nil {
		return "To be set by the faculty."
	}
	now := "No limit"
	if l.WorkingDays > 0 {
		now = count(l.WorkingDays, "working day")
	}
	return now + ", set on " + day(*l.ChangedAt) + " by " + v.name(l.ChangedBy) + "."
}

func (v Times) name(id string) string {
	if name := v.Staff[id]; name != "" {
		return name
	}
	return "a former member of staff"
}

// workingDays is a number as the form has it: nothing where it is not set.
func workingDays(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// reply is what the form for the times of replying holds.
func (v Times) reply() faculty.NewReplyTimes {
	if v.NewReply != nil {
		return *v.NewReply
	}
	return faculty.NewReplyTimes{Usual: workingDays(v.Details.ReplyWorkingDays), Accessibility: workingDays(v.Details.AccessibilityReplyWorkingDays)}
}

func (v Times) usualInput() component.Input {
	hint := "To be set by the faculty. Until then a message is answered within " +
		count(enquiry.WorkingDays(enquiry.Contact, faculty.Details{}), "working day") + ", and other forms promise no time."
	if n := v.Details.ReplyWorkingDays; n > 0 {
		hint = "Now " + count(n, "working day") + "."
	}
	return v.daysInput("usual", v.reply().Usual, "Expressions of interest and messages", hint, message(v.ReplyErrors, "usual"))
}

func (v Times) accessibilityInput() component.Input {
	hint := "As for every message, unless you set another time."
	if n := v.Details.AccessibilityReplyWorkingDays; n > 0 {
		hint = "Now " + count(n, "working day") + ". Leave it empty to answer them as every message."
	}
	return v.daysInput("accessibility", v.reply().Accessibility, "Accessibility problems", hint, message(v.ReplyErrors, "accessibility"))
}

// known is the last day whose bank holidays are known.
func (v Times) known() updating.Date { return workday.KnownUntil(v.Holidays) }

func (v Times) endsSoon() bool { return workday.EndsSoon(v.known(), v.Today) }

// knownWords says how far the bank holidays are known.
func knownWords(known updating.Date) string {
	if known.IsZero() {
		return "No bank holidays are known for a whole year"
	}
	return "Bank holidays are known until " + known.Words()
}

// toCome are the bank holidays from today on.
func (v Times) toCome() []workday.Holiday {
	return slices.DeleteFunc(slices.Clone(v.Holidays), func(h workday.Holiday) bool { return h.Day.Before(v.Today) })
}

// anyAdded reports whether staff added one of the bank holidays to come.
func (v Times) anyAdded() bool {
	return slices.ContainsFunc(v.toCome(), func(h workday.Holiday) bool { return h.AddedBy != "" })
}

func (v Times) holidayTable() component.Table {
	var rows [][]component.TableCell
	for _, h := range v.toCome() {
		from := component.TableCell{Text: "Came with the content"}
		if h.AddedBy != "" {
			from = component.TableCell{HTML: v.added(h)}
		}
		rows = append(rows, []component.TableCell{{Text: h.Day.Words()}, {Text: h.Name}, from})
	}
	return component.Table{
		Caption: component.TableCaption{Text: "Bank holidays to come", Size: "s"}, Responsive: true,
		Head: []component.TableCell{{Text: "Day"}, {Text: "Name"}, {Text: "Where it is from"}}, Rows: rows,
	}
}

func (v Times) dateInput() component.DateInput {
	part := func(name, value string) component.DatePart {
		return component.DatePart{Name: name, ID: name, Value: value}
	}
	return component.DateInput{
		ID:       "date",
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "Date", Size: "s"}},
		Hint:     component.Hint{Text: "The day on which nobody works, for example 27 12 " + strconv.Itoa(v.Today.Year+1) + ". Where the day itself is on a weekend, that is the substitute day."},
		Day:      part("day", v.NewHoliday.Day), Month: part("month", v.NewHoliday.Month), Year: part("year", v.NewHoliday.Year),
		ErrorMessage: message(v.HolidayErrors, "day"),
	}
}
