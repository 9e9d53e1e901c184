package apply_test

import (
	"net/http"
	"testing"
	"time"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/server/servertest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestTheSituationLeadsToDaysOrToAnotherRoute(t *testing.T) {
	t.Parallel()
	portal := servertest.New(t)
	lately := time.Now().AddDate(-1, 0, 0)
	recent := servertest.Fields("month", lately.Format("1"), "year", lately.Format("2006"))
	profession := servertest.Give("profession", "profession", "radiographers")
	branch := servertest.Give("branch", "branch", "diagnostic-radiographers")
	standing := func(s string) servertest.Given { return servertest.Give("standing", "standing", s) }
	never := []servertest.Given{profession, branch, standing("never-registered")}
	left := []servertest.Given{profession, branch, standing("left-register")}
	for _, c := range []struct {
		name    string
		answers []servertest.Given
		title   string
		leaves  bool
	}{
		{"an osteopath", []servertest.Given{servertest.Give("profession", "profession", "osteopaths")}, "Osteopaths return through GOsC", true},
		{"removed", []servertest.Given{profession, branch, standing("removed-from-register")}, "restoration", true},
		{"practising", []servertest.Given{profession, branch, standing("registered-practising")}, "You are registered and practising", true},
		{"qualified elsewhere", append(never[:3:3], servertest.Give("qualified-where", "in-uk", "no")), "international route", true},
		{"newly qualified", append(never[:3:3], servertest.Give("qualified-where", "in-uk", "yes"), servertest.Given{Step: "qualified", Fields: recent}), "in the ordinary way", true},
		{"practised abroad", append(left[:3:3], servertest.Give("abroad", "abroad", "yes")), "HCPC has another way back", true},
		{"qualified long ago", append(never[:3:3], servertest.Give("qualified-where", "in-uk", "yes"),
			servertest.Give("qualified", "month", "6", "year", servertest.YearsAgo(9))), "HCPC decides", false},
		{"out for a year", append(left[:3:3], servertest.Give("abroad", "abroad", "no"), servertest.Given{Step: "last-practised", Fields: recent}), "No updating is asked for", false},
		{"out for three years", append(left[:3:3], servertest.Give("abroad", "abroad", "no"),
			servertest.Give("last-practised", "month", lately.Format("1"), "year", servertest.YearsAgo(4))), "At least 30 days", false},
		{"out for ten years", append(left[:3:3], servertest.Give("abroad", "abroad", "no"),
			servertest.Give("last-practised", "month", "6", "year", servertest.YearsAgo(10))), "At least 60 days", false},
	} {
		v := portal.Visitor(t)
		servertest.Begin(t, v)
		last := servertest.Answer(t, v, c.answers...)
		if last.Location != "/apply/your-days" {
			t.Errorf("%s: the situation ends at %s, want /apply/your-days", c.name, last.Location)
		}
		shown := v.Follow(last).Want(http.StatusOK).Has("h1", c.title)
		oneHeading(t, shown)
		name := v.Get("/apply/name")
		if c.leaves {
			shown.Has("main", "Ask the faculty")
			name.Want(http.StatusSeeOther)
		} else {
			name.Want(http.StatusOK)
		}
	}
}

func TestAMonthWithTwoAnswersShowsBoth(t *testing.T) {
	t.Parallel()
	now := time.Now()
	month := updating.When{Year: now.Year() - 2, Month: now.Month()}
	result, err := updating.Compute(updatingtest.Book(t), updating.Answers{
		Profession: "physiotherapists", Standing: updating.Left, LastPractised: month, ApplyOn: interest.DayOf(now),
	})
	if err != nil {
		t.Fatal(err)
	}
	// On the last day of a month all of it has the one answer.
	title := "At least 30 days of updating"
	if result.Straddles() {
		title = "depend on the exact date"
	}
	v := servertest.New(t).Visitor(t)
	servertest.Begin(t, v)
	servertest.Answer(t, v, servertest.Situation()[:3]...)
	shown := v.Follow(servertest.Answer(t, v, servertest.Give("last-practised", "month", now.Format("1"), "year", servertest.YearsAgo(2)))).Has("h1", title)
	for _, outcome := range result.Outcomes {
		if result.Straddles() {
			shown.Has("main", outcome.To.Words())
		}
	}
}
