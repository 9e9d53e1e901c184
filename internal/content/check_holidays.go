package content

import (
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// holidaysFile is where a pack keeps the bank holidays.
const holidaysFile = "bank-holidays.yaml"

func (d *document) checkHolidays(holidays []workday.Holiday) {
	var last updating.Date
	for i, h := range holidays {
		at := index("", i)
		d.need(at, map[string]string{"name": h.Name})
		if h.Day.IsZero() {
			d.fault(join(at, "day"), "%q is missing", "day")
		} else if !h.Day.After(last) {
			d.fault(join(at, "day"), "day is not after that of the holiday before it, %s", last)
		}
		last = h.Day
	}
}
