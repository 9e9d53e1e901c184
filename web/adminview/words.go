package adminview

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a machine without a zone database still shows the right time

	"ahpfaculty/web/component"
)

var london = sync.OnceValue(func() *time.Location {
	location, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(fmt.Sprintf("the embedded zone database has no Europe/London: %v", err))
	}
	return location
})

// day is a date as people here write it: 20 November 2026.
func day(t time.Time) string { return t.In(london()).Format("2 January 2006") }

// moment is a date and time as people here write them: 20 November 2026 at 9:15am.
func moment(t time.Time) string { return t.In(london()).Format("2 January 2006 at 3:04pm") }

// count is a number of things: "1 expression", "2 expressions".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return component.Number(n) + " " + thing + "s"
}
