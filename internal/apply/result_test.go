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
	recent := fields("month", lately.Format("1"), "year", lately.Format("2006"))
	profession := given{"profession", fields("profession", "radiographers")}
	branch := given{"branch", fields("branch", "diagnostic-radiographers")}
	standing := func(s string) given { return given{"standing", fields("standing", s)} }
	never := []given{profession, branch, standing("never-registered")}
	left := []given{profession, branch, standing("left-register")}
	for _, c := range []struct {
		name    string
		answers []given
		title   string
		leaves  bool
	}{
		{"an osteopath", []given{{"profession", fields("profession", "osteopaths")}}, "Osteopaths return through GOsC", true},
		{"removed", []given{profession, branch, standing("removed-from-register")}, "restoration", true},
		{"practising", []given{profession, branch, standing("registered-practising")}, "You are registered and practising", true},
		{"qualified elsewhere", append(never[:3:3], given{"qualified-where", fields("in-uk", "no")}), "international route", true},
		{"newly qualified", append(never[:3:3], given{"qualified-where", fields("in-uk", "yes")}, given{"qualified", recent}), "in the ordinary way", true},
		{"practised abroad", append(left[:3:3], given{"abroad", fields("abroad", "yes")}), "HCPC has another way back", true},
		{"qualified long ago", append(never[:3:3], given{"qualified-where", fields("in-uk", "yes")},
			given{"qualified", fields("month", "6", "year", yearsAgo(9))}), "HCPC decides", false},
		{"out for a year", append(left[:3:3], given{"abroad", fields("abroad", "no")}, given{"last-practised", recent}), "No updating is asked for", false},
		{"out for three years", append(left[:3:3], given{"abroad", fields("abroad", "no")},
			given{"last-practised", fields("month", lately.Format("1"), "year", yearsAgo(4))}), "At least 30 days", false},
		{"out for ten years", append(left[:3:3], given{"abroad", fields("abroad", "no")},
			given{"last-practised", fields("month", "6", "year", yearsAgo(10))}), "At least 60 days", false},
	} {
		v := portal.Visitor(t)
		begin(t, v)
		last := answer(t, v, c.answers...)
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
	begin(t, v)
	answer(t, v, situation()[:3]...)
	shown := v.Follow(answer(t, v, given{"last-practised", fields("month", now.Format("1"), "year", yearsAgo(2))})).Has("h1", title)
	for _, outcome := range result.Outcomes {
		if result.Straddles() {
			shown.Has("main", outcome.To.Words())
		}
	}
}
