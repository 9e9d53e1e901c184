// Package report counts how far cases come, how long they take and how much
// each reviewer has to do, and hides the counts that could point at a person.
package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Step is how far a case has come, as reports count it.
type Step int

// The steps, each of which a case comes to after the one before.
const (
	Received  Step = iota
	Contacted      // the faculty spoke with them
	Placed         // supervised practice was found: their updating began
	Updated        // it ended: they applied to their regulator
	Returned
	steps // how many there are
)

// Steps gives every step, in their order.
func Steps() []Step { return []Step{Received, Contacted, Placed, Updated, Returned} }

// Name is the step as people read it.
func (s Step) Name() string {
	return []string{"Received", "Contacted", "Placed", "Updated", "Returned"}[s]
}

// Stage is the stage that a case enters with the step.
func (s Step) Stage() interest.Stage {
	return []interest.Stage{interest.Received, interest.Contacted, interest.Updating, interest.AppliedToRegister, interest.Returned}[s]
}

// Reached is how many expressions came to each step, by now.
type Reached [steps]int

func (r Reached) plus(other Reached) Reached {
	for s := range r {
		r[s] += other[s]
	}
	return r
}

// Cohort is what became of the expressions of a profession that were received
// in a quarter.
type Cohort struct {
	Profession string        // slug
	Quarter    updating.Date // its first day
	Reached    Reached
}

// StageTime is how long cases were in a stage.
type StageTime struct {
	Stage  interest.Stage
	Median int // working days, whosever turn it was
	Stays  int // those that ended in the last twelve months: what the median is of
}

// Load is what somebody has to do.
type Load struct {
	StaffID string // "" for nobody
	Open    int    // cases that have not ended
	Late    int    // of these
}

// Figures are everything that is reported, as it was at a time.
type Figures struct {
	MadeAt  time.Time
	Cohorts []Cohort // where something was received; expressions that were erased count
	Stages  []interest.StageCount
	Times   []StageTime // of the stages that end no case and that a case has left
	Loads   []Load      // the largest first
	Late    []interest.StageCount
	Limited bool  // some stage has a limit, so that a case in it can be late
	Public  Shown // what somebody may see who may not see cases
}

// Part is one part of a whole, with what became of it.
type Part struct {
	Key     string // the slug of a profession, the first day of a quarter, or Earlier
	Reached Reached
}

// Choice says which cohorts count; zero fields leave nothing out.
type Choice struct {
	Profession string        // slug
	From       updating.Date // the first day of the first quarter
}

func (c Choice) has(one Cohort) bool {
	return (c.Profession == "" || one.Profession == c.Profession) && !one.Quarter.Before(c.From)
}

// Total is how far the chosen cohorts came, together.
func (f Figures) Total(c Choice) Reached {
	var total Reached
	for _, one := range f.Cohorts {
		if c.has(one) {
			total = total.plus(one.Reached)
		}
	}
	return total
}

// ByProfession gives the chosen cohorts by profession, in the order of slugs.
func (f Figures) ByProfession(c Choice) []Part {
	return f.parts(c, func(one Cohort) string { return one.Profession })
}

// quarters is how many quarters stand for themselves.
const quarters = 8

// Earlier is the key of everything before the quarters that stand for themselves.
const Earlier = "earlier"

// ByQuarter gives the chosen cohorts by quarter: the last eight, the newest
// first, and those before together.
func (f Figures) ByQuarter(c Choice) []Part {
	first := QuarterOf(workday.DayOf(f.MadeAt)).AddMonths(-3 * (quarters - 1))
	parts := f.parts(c, func(one Cohort) string {
		if one.Quarter.Before(first) {
			return Earlier
		}
		return one.Quarter.String()
	})
	slices.SortFunc(parts, func(a, b Part) int {
		if (a.Key == Earlier) != (b.Key == Earlier) {
			return cmp.Compare(b.Key, a.Key) * -1 // letters stand after digits
		}
		return cmp.Compare(b.Key, a.Key)
	})
	return parts
}

func (f Figures) parts(c Choice, key func(Cohort) string) []Part {
	of := map[string]Reached{}
	for _, one := range f.Cohorts {
		if c.has(one) {
			of[key(one)] = of[key(one)].plus(one.Reached)
		}
	}
	var parts []Part
	for key, reached := range of {
		parts = append(parts, Part{Key: key, Reached: reached})
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Compare(a.Key, b.Key) })
	return parts
}

// QuarterOf is the first day of the quarter that a day is in.
func QuarterOf(day updating.Date) updating.Date {
	return updating.Date{Year: day.Year, Month: (day.Month-1)/3*3 + 1, Day: 1}
}

// QuarterName is a quarter as people read it: "July to September 2026".
func QuarterName(first updating.Date) string {
	return fmt.Sprintf("%s to %s %d", first.Month, first.Month+2, first.Year)
}
