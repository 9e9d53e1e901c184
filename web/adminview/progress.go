package adminview

import "strconv"

// LooksField is what an address says how often by that its page has loaded itself.
const LooksField = "look"

// How a page shows how far something is: it loads itself again, soon at first,
// when most work is over, then so seldom that anybody has time to get to the link
// that stops it (WCAG 2.2.1). Longer than five minutes nobody watches it.
const (
	soon   = 3 // seconds
	seldom = 20
	// soonLooks is how often a page loads itself soon.
	soonLooks = 5
	// MostLooks is how often a page loads itself.
	MostLooks = soonLooks + (5*60-soonLooks*soon)/seldom
)

// Progress is a page that loads itself again while something goes on.
type Progress struct {
	URL   string // of the page
	Looks int    // how often it has loaded itself
}

// Ended reports whether the page does not load itself any more: it has done so
// often enough, or somebody stopped it.
func (p Progress) Ended() bool { return p.Looks >= MostLooks }

// Refresh is the header that has a browser load the page again.
func (p Progress) Refresh() string {
	wait := soon
	if p.Looks >= soonLooks {
		wait = seldom
	}
	return strconv.Itoa(wait) + "; url=" + p.after(p.Looks+1)
}

func (p Progress) after(looks int) string {
	return p.URL + "?" + LooksField + "=" + strconv.Itoa(looks)
}

// stopURL is the page as it is when it loads itself no more.
func (p Progress) stopURL() string { return p.after(MostLooks) }
