package demo

import (
	"math"
	"slices"
	"time"

	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// calendar knows the working days from its first day on without counting them
// each time.
type calendar struct {
	london *time.Location
	first  updating.Date
	days   []updating.Date // that are worked on
	from   []int           // for each day since the first: where in days the working day stands that follows it
}

func newCalendar(first, last updating.Date, holidays []workday.Holiday) (calendar, error) {
	london, err := time.LoadLocation("Europe/London")
	c := calendar{london: london, first: first}
	for day := first; !day.After(last); day = day.AddDays(1) {
		if workday.Is(day, holidays) {
			c.days = append(c.days, day)
		}
		c.from = append(c.from, len(c.days))
	}
	return c, err
}

func (c calendar) since(day updating.Date) int {
	return int(day.Time().Sub(c.first.Time()) / (24 * time.Hour))
}

// after is the working day so many working days after a day.
func (c calendar) after(day updating.Date, working int) updating.Date {
	at := c.from[min(c.since(day), len(c.from)-1)] + working - 1
	return c.days[min(max(at, 0), len(c.days)-1)]
}

// office is a time of a day at which people work.
func (c calendar) office(d dice, day updating.Date) time.Time {
	second := 8*3600 + 1800 + d.IntN(9*3600)
	return time.Date(day.Year, day.Month, day.Day, 0, 0, second, d.IntN(1_000_000)*1000, c.london).UTC()
}

// hours are how often a form is sent in each hour of the day: at lunch, and
// above all in the evening.
var hours = []int{2, 1, 0, 0, 0, 1, 3, 6, 10, 14, 15, 14, 17, 14, 12, 12, 13, 14, 16, 22, 26, 25, 16, 7}

// evening is a time of a day at which returners fill in forms.
func (c calendar) evening(d dice, day updating.Date) time.Time {
	drawn := d.IntN(hourly)
	hour := slices.IndexFunc(hours, func(weight int) bool { drawn -= weight; return drawn < 0 })
	return time.Date(day.Year, day.Month, day.Day, hour, d.IntN(60), d.IntN(60), d.IntN(1_000_000)*1000, c.london).UTC()
}

var hourly = func() int {
	total := 0
	for _, weight := range hours {
		total += weight
	}
	return total
}()

// growth is by how much more forms are sent from one year to the next.
const growth = .15

// arrivals are the times at which forms were sent in the years between two days,
// the first one first: more of them each year, and fewer at weekends. Keep says
// of a day how likely it is that what was sent then is still there.
func (w *world) arrivals(d dice, n int, from, to updating.Date, keep func(day updating.Date) float64) []time.Time {
	years := to.Time().Sub(from.Time()).Hours() / 24 / 365.25
	times := make([]time.Time, 0, n)
	for len(times) < n {
		year := math.Log1p(d.Float64()*math.Expm1(growth*years)) / growth
		day := from.AddDays(int(year * 365.25))
		switch {
		case !day.Before(to), weekend(day) && d.chance(.45), !d.chance(keep(day)):
		default:
			times = append(times, w.calendar.evening(d, day))
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

func weekend(day updating.Date) bool {
	weekday := day.Time().Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}
