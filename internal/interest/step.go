package interest

import "slices"

// Section is a part of the form, as the task list shows it.
type Section struct {
	Slug  string
	Title string
}

// The sections, by slug.
const (
	SectionSituation    = "your-situation"
	SectionAboutYou     = "about-you"
	SectionRegistration = "registration"
	SectionExperience   = "experience"
	SectionLookingFor   = "looking-for"
	SectionSend         = "check-and-send"
)

var sections = []Section{
	{SectionSituation, "Your situation"},
	{SectionAboutYou, "About you"},
	{SectionRegistration, "Your registration"},
	{SectionExperience, "Your experience"},
	{SectionLookingFor, "What you are looking for"},
	{SectionSend, "Check and send"},
}

// Sections gives the parts of the form in their order.
func Sections() []Section { return slices.Clone(sections) }

// Pages of the form that ask nothing.
const (
	// StepResult shows the days of updating, or the other route that the
	// situation leads to; it ends the first section.
	StepResult = "your-days"
	// CheckSlug is the page of all answers, from which the form is sent. It is
	// not a step.
	CheckSlug = "check"
)

// Step is one page of the form.
type Step struct {
	Slug    string
	Section string // a section's slug
	Title   string // the question, with placeholders for figures of the rules
	// Applies reports whether the question is asked, given the other answers.
	Applies func(Answers) bool
	// Done reports whether it is answered in full, and with nothing wrong.
	Done func(Answers) bool

	clear func(*Answers) // forgets the answer; nil where nothing is asked
}

// Steps gives the table of steps in the order in which they are asked. The
// gate, the next link, the task list and the check before sending all read it.
func Steps() []Step { return slices.Clone(steps) }

// StepBySlug finds a step; false when there is none of that slug.
func StepBySlug(slug string) (Step, bool) {
	at := indexOf(slug)
	if at < 0 {
		return Step{}, false
	}
	return steps[at], true
}

func indexOf(slug string) int {
	return slices.IndexFunc(steps, func(s Step) bool { return s.Slug == slug })
}

// Next is the slug of the page after a step: the next step that applies, or
// CheckSlug after the last.
func Next(a Answers, slug string) string {
	for _, step := range steps[indexOf(slug)+1:] {
		if step.Applies(a) {
			return step.Slug
		}
	}
	return CheckSlug
}

// Previous is the slug of the page before a step, or "" before the first.
func Previous(a Answers, slug string) string {
	at := indexOf(slug)
	if slug == CheckSlug {
		at = len(steps)
	}
	for i := at - 1; i >= 0; i-- {
		if steps[i].Applies(a) {
			return steps[i].Slug
		}
	}
	return ""
}

// Gate reports whether a page of the form may be opened, and if not, the slug
// of the page to go to instead. A step opens when those before it in its
// section are done and, after the first section, when that is done; the check
// page opens when nothing is missing. An unknown slug gives false and "".
func Gate(a Answers, slug string) (open bool, instead string) {
	if slug == CheckSlug {
		missing := Missing(a)
		if len(missing) > 0 {
			return false, missing[0].Slug
		}
		return true, ""
	}
	at := indexOf(slug)
	if at < 0 {
		return false, ""
	}
	for _, before := range steps[:at] {
		blocks := before.Section == SectionSituation || before.Section == steps[at].Section
		if blocks && before.Applies(a) && !before.Done(a) {
			return false, before.Slug
		}
	}
	if !steps[at].Applies(a) {
		return false, Next(a, slug)
	}
	return true, ""
}

// Missing gives the steps that apply and are not done, in order; none when the
// form can be sent.
func Missing(a Answers) []Step {
	var missing []Step
	for _, step := range steps {
		if step.Applies(a) && !step.Done(a) {
			missing = append(missing, step)
		}
	}
	return missing
}

// Progress is how far a section is.
type Progress string

// What the task list says of a section.
const (
	CannotStart Progress = "cannot-start" // an earlier section must be done first
	NotStarted  Progress = "not-started"
	InProgress  Progress = "in-progress"
	Complete    Progress = "complete"
	NotNeeded   Progress = "not-needed" // none of its questions applies
)

// Task is a section as a row of the task list.
type Task struct {
	Section  Section
	Progress Progress
	Start    string // the slug of the page that the row leads to; "" without one
}

// Tasks gives the task list.
func Tasks(a Answers) []Task {
	var tasks []Task
	for _, section := range sections {
		tasks = append(tasks, task(a, section))
	}
	return tasks
}

func task(a Answers, section Section) Task {
	t := Task{Section: section}
	applying, done := 0, 0
	for _, step := range steps {
		if step.Section != section.Slug || !step.Applies(a) {
			continue
		}
		applying++
		if t.Start == "" {
			t.Start = step.Slug
		}
		if step.Done(a) {
			done++
		}
	}
	open, _ := Gate(a, t.Start)
	switch {
	case applying == 0:
		t.Progress = NotNeeded
	case !open:
		t.Progress, t.Start = CannotStart, ""
	case done == applying:
		t.Progress = Complete
	case done == 0:
		t.Progress = NotStarted
	default:
		t.Progress = InProgress
		t.Start = firstMissing(a, section.Slug)
	}
	return t
}

func firstMissing(a Answers, section string) string {
	for _, step := range Missing(a) {
		if step.Section == section {
			return step.Slug
		}
	}
	return ""
}
