package updating

import (
	"fmt"

	"ahpfaculty/internal/validate"
)

// Plan is what somebody means to do, in days of each kind. Early days lie
// before the window opens; they are of any kind.
type Plan struct {
	Supervised int `json:"supervised"`
	Formal     int `json:"formal"`
	Private    int `json:"private"`
	Early      int `json:"early,omitempty"`
}

// Count is how far a plan reaches. Nothing in a plan is refused: what does not
// count is said in the notes.
type Count struct {
	Asked          int      `json:"asked"`
	Counted        int      `json:"counted"`
	PrivateCounted int      `json:"privateCounted"`
	Missing        int      `json:"missing"` // days; 0 when the plan is enough
	Notes          []string `json:"notes"`
}

// Count adds a plan up against the days of an outcome. Negative numbers of
// days count as none.
func (s RuleSet) Count(o Outcome, p Plan) Count {
	c := Count{Asked: o.Days, PrivateCounted: min(max(p.Private, 0), o.PrivateCap)}
	c.Counted = max(p.Supervised, 0) + max(p.Formal, 0) + c.PrivateCounted
	c.Missing = max(0, o.Days-c.Counted)
	if p.Private > o.PrivateCap {
		c.Notes = append(c.Notes, fmt.Sprintf("%d of your %s of private study count, because private study counts for at most %d of the %s asked for.",
			c.PrivateCounted, inDays(p.Private), o.PrivateCap, inDays(o.Days)))
	}
	if p.Early > 0 {
		does := "do"
		if p.Early == 1 {
			does = "does"
		}
		c.Notes = append(c.Notes, fmt.Sprintf("%s before the last %d months %s not count.", inDays(p.Early), s.WindowMonths, does))
	}
	if c.Missing > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("Your plan is %s short.", inDays(c.Missing)))
	} else {
		c.Notes = append(c.Notes, "Your plan is enough by these rules. The regulator decides.")
	}
	return c
}

func inDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// PlanInput is a plan as it was typed; "" is no days.
type PlanInput struct {
	Supervised, Formal, Private, Early string
}

// Validate refuses what is no number of days, and nothing else: a plan may be
// too small, or hold more than counts. The fields are called supervised,
// formal, private and early.
func (p PlanInput) Validate() validate.Errors {
	var errs validate.Errors
	for _, one := range []struct{ field, typed, what string }{
		{"supervised", p.Supervised, "supervised practice"},
		{"formal", p.Formal, "formal study"},
		{"private", p.Private, "private study"},
		{"early", p.Early, "updating before that time"},
	} {
		if one.typed != "" && digits(one.typed) < 0 {
			errs.Add(one.field, "Enter the days of "+one.what+" as a whole number, like 10, or leave it empty")
		}
	}
	return errs
}

// Plan is the plan that was typed.
func (p PlanInput) Plan() Plan {
	return Plan{
		Supervised: max(digits(p.Supervised), 0), Formal: max(digits(p.Formal), 0),
		Private: max(digits(p.Private), 0), Early: max(digits(p.Early), 0),
	}
}
