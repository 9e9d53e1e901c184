package apply

import (
	"net/http"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/applyview"
)

// cameFrom says whether a person came to a question from the page of all
// answers, by its query or by the form that carries it on.
func cameFrom(r *http.Request) string {
	from := r.URL.Query().Get(applyview.FromField)
	if r.Method == http.MethodPost {
		from = r.PostForm.Get(applyview.FromField)
	}
	if from != applyview.FromCheck {
		return ""
	}
	return from
}

// afterStep is the page after a step. Who came to change one answer goes back
// to the page of all answers, by way of what the change asks anew; everybody
// else goes through the section and then back to the list of sections.
func afterStep(a interest.Answers, step, from string) string {
	missing := interest.Missing(a)
	next := interest.Next(a, step)
	if from == applyview.FromCheck {
		if section(step) == interest.SectionSituation && step != interest.StepResult {
			return applyview.ChangeURL(nextInSituation(missing))
		}
		if len(missing) > 0 {
			return applyview.ChangeURL(missing[0].Slug)
		}
		return applyview.CheckURL()
	}
	if next != interest.CheckSlug && section(next) == section(step) {
		return applyview.StepURL(next)
	}
	if len(missing) == 0 {
		return applyview.CheckURL()
	}
	return applyview.TasksURL()
}

// nextInSituation is what the situation still asks, or its result: a change of
// the situation may change the days.
func nextInSituation(missing []interest.Step) string {
	if len(missing) > 0 && missing[0].Section == interest.SectionSituation {
		return missing[0].Slug
	}
	return interest.StepResult
}

// backURL is where the link "Back" of a step leads.
func backURL(a interest.Answers, step, from string) string {
	if from == applyview.FromCheck {
		return applyview.CheckURL()
	}
	before := interest.Previous(a, step)
	if before == "" || section(before) != section(step) {
		return applyview.TasksURL()
	}
	return applyview.StepURL(before)
}

func section(step string) string {
	known, _ := interest.StepBySlug(step)
	return known.Section
}
