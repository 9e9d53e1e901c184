package adminview

import (
	"slices"
	"strconv"
	"time"

	"ahpfaculty/internal/interest"
)

// cameFrom says which spreadsheet a case came from.
func (v Expression) cameFrom() string {
	words := "Row " + strconv.Itoa(v.Case.ImportRow) + " of "
	if v.Origin == nil {
		return words + "a spreadsheet"
	}
	return words + v.Origin.Name + ", imported on " + moment(v.Origin.At)
}

// beforeImport reports whether something happened before the case came here: the
// portal has it from the spreadsheet alone.
func (v Expression) beforeImport(e interest.Event) bool {
	imported := slices.IndexFunc(v.Case.Events, func(e interest.Event) bool { return e.Kind == interest.EventImported })
	return imported >= 0 && e.Kind != interest.EventReceived && e.At.Before(v.Case.Events[imported].At)
}

// moment is when something happened. Of what a spreadsheet had as a day alone,
// nobody knows the hour: noon stands for it.
func (v Expression) moment(t time.Time) string {
	if local := t.In(london()); v.Case.ImportRow > 0 && local.Format(time.TimeOnly) == "12:00:00" && local.Nanosecond() == 0 {
		return day(t)
	}
	return moment(t)
}
