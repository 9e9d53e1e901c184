package interest_test

import (
	"slices"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/updating/updatingtest"
)

func TestCompleteFormMayBeSent(t *testing.T) {
	t.Parallel()
	if missing := interest.Missing(newAnswers(t)); len(missing) != 0 {
		t.Errorf("Missing(complete) = %v, want none", slugs(missing))
	}
	if open, instead := interest.Gate(newAnswers(t), interest.CheckSlug); !open {
		t.Errorf("Gate(complete, check) = closed, go to %q, want open", instead)
	}
	for _, task := range interest.Tasks(newAnswers(t)) {
		if task.Progress != interest.Complete {
			t.Errorf("task %s is %s, want complete", task.Section.Slug, task.Progress)
		}
	}
}

func slugs(steps []interest.Step) []string {
	var list []string
	for _, s := range steps {
		list = append(list, s.Slug)
	}
	return list
}

func TestStepsFollowFromTheAnswers(t *testing.T) {
	t.Parallel()
	never := newAnswers(t)
	never.Standing = &interest.Standing{Standing: updating.Never}
	never.QualifiedWhere = &interest.QualifiedWhere{InUK: interest.Yes}
	branches := newAnswers(t)
	branches.Profession = &interest.Profession{Slug: "radiographers"}
	noPhone := newAnswers(t)
	noPhone.Phone = &interest.Phone{}
	osteopath := newAnswers(t)
	osteopath.Profession = &interest.Profession{Slug: "osteopaths"}
	for _, c := range []struct {
		what    string
		answers interest.Answers
		from    string
		want    string
	}{
		{"no branch", newAnswers(t), "profession", "standing"},
		{"branch", branches, "profession", "branch"},
		{"abroad", newAnswers(t), "standing", "abroad"},
		{"never", never, "standing", "qualified-where"},
		{"never, in the UK", never, "qualified-where", "qualified"},
		{"result", newAnswers(t), "last-practised", interest.StepResult},
		{"after the result", newAnswers(t), interest.StepResult, "name"},
		{"osteopath", osteopath, "profession", interest.StepResult},
		{"never: no registered name", never, "name", "email"},
		{"phone", newAnswers(t), "phone", "contact"},
		{"no phone", noPhone, "phone", "postcode"},
		{"never: no number", never, "postcode", "programme"},
		{"last", newAnswers(t), "privacy", interest.CheckSlug},
	} {
		if got := interest.Next(c.answers, c.from); got != c.want {
			t.Errorf("%s: Next(%s) = %s, want %s", c.what, c.from, got, c.want)
		}
	}
	if got := interest.Previous(newAnswers(t), "email"); got != "registered-name" {
		t.Errorf("Previous(email) = %s, want registered-name", got)
	}
	if got := interest.Previous(newAnswers(t), interest.CheckSlug); got != "privacy" {
		t.Errorf("Previous(check) = %s, want privacy", got)
	}
}

func TestGateSendsBackToWhatIsMissing(t *testing.T) {
	t.Parallel()
	empty := interest.Answers{On: today, Book: updatingtest.Book(t)}
	half := newAnswers(t)
	half.Name, half.Hours = nil, nil
	leaves := newAnswers(t)
	leaves.Profession = &interest.Profession{Slug: "osteopaths"}
	removed := newAnswers(t)
	removed.Standing = &interest.Standing{Standing: updating.Removed}
	for _, c := range []struct {
		what    string
		answers interest.Answers
		slug    string
		open    bool
		instead string
	}{
		{"first", empty, "profession", true, ""},
		{"second too early", empty, "standing", false, "profession"},
		{"other section too early", empty, "help", false, "profession"},
		{"check too early", empty, interest.CheckSlug, false, "profession"},
		{"later in the section", half, "email", false, "name"},
		{"another section", half, "register-number", true, ""},
		{"check with gaps", half, interest.CheckSlug, false, "name"},
		{"does not apply", newAnswers(t), "qualified", false, interest.StepResult},
		{"osteopath", leaves, "name", false, interest.StepResult},
		{"osteopath's route", leaves, interest.StepResult, true, ""},
		{"removed", removed, interest.CheckSlug, false, interest.StepResult},
		{"unknown", newAnswers(t), "colour", false, ""},
	} {
		if open, instead := interest.Gate(c.answers, c.slug); open != c.open || instead != c.instead {
			t.Errorf("%s: Gate(%s) = %v, %q, want %v, %q", c.what, c.slug, open, instead, c.open, c.instead)
		}
	}
	if !leaves.Leaves() || newAnswers(t).Leaves() {
		t.Errorf("Leaves() = %v for an osteopath, %v for a physiotherapist, want true, false", leaves.Leaves(), newAnswers(t).Leaves())
	}
}

func TestTaskListSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	progress := func(a interest.Answers) []interest.Progress {
		var list []interest.Progress
		for _, task := range interest.Tasks(a) {
			list = append(list, task.Progress)
		}
		return list
	}
	never := newAnswers(t)
	never.Standing = &interest.Standing{Standing: updating.Never}
	never.QualifiedWhere = &interest.QualifiedWhere{InUK: interest.Yes}
	never.Qualified = &interest.Qualified{DayInput: interest.DayInput{Month: "7", Year: "2015"}}
	never.Email, never.Help, never.Privacy = nil, nil, nil
	if got, want := progress(never), []interest.Progress{interest.Complete, interest.InProgress, interest.Complete,
		interest.NotNeeded, interest.InProgress, interest.NotStarted}; !slices.Equal(got, want) {
		t.Errorf("Tasks(half) = %v, want %v", got, want)
	}
	if got, want := progress(interest.Answers{On: today, Book: updatingtest.Book(t)}), []interest.Progress{interest.NotStarted, interest.CannotStart,
		interest.CannotStart, interest.CannotStart, interest.CannotStart, interest.CannotStart}; !slices.Equal(got, want) {
		t.Errorf("Tasks(empty) = %v, want %v", got, want)
	}
}

func TestAnswersThatNoLongerApplyAreLeftOut(t *testing.T) {
	t.Parallel()
	answers := newAnswers(t)
	answers.Standing = &interest.Standing{Standing: updating.Never}
	got := answers.Applicable()
	if got.LastPractised != nil || got.RegisterNumber != nil || got.Name == nil {
		t.Errorf("Applicable() = %+v, want no last practice and no register number, but the name", got)
	}
	if answers.LastPractised == nil {
		t.Error("Applicable() changed the answers themselves")
	}
}

func TestStepsAndSectionsFit(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, step := range interest.Steps() {
		if seen[step.Slug] || step.Slug == interest.CheckSlug {
			t.Errorf("step %s is there twice", step.Slug)
		}
		seen[step.Slug] = true
		if !slices.ContainsFunc(interest.Sections(), func(s interest.Section) bool { return s.Slug == step.Section }) {
			t.Errorf("step %s is in no section", step.Slug)
		}
	}
	for _, answer := range list(newAnswers(t)) {
		if !seen[answer.Step()] {
			t.Errorf("answer %T belongs to no step", answer)
		}
	}
}
