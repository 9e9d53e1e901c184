package updating

import "fmt"

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
		c.Notes = append(c.Notes, fmt.Sprintf("%d of your %s of private study count, because private study counts for at most half of the %s asked for.",
			c.PrivateCounted, inDays(p.Private), inDays(o.Days)))
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
