package adminview

import (
	"slices"

	"ahpfaculty/internal/audit"
	"ahpfaculty/web/component"
)

// LookActions are what the audit calls reading or exporting a case.
func LookActions() []string {
	return []string{"expression.view", "expression.data", "expression.data-file", "expression.export"}
}

// looksSummary says how many people looked at the case.
func (v Expression) looksSummary() string {
	var people []string
	for _, look := range v.Looks {
		if !slices.Contains(people, look.ActorID) {
			people = append(people, look.ActorID)
		}
	}
	if len(people) == 1 {
		return "Who has looked at this: 1 person"
	}
	return "Who has looked at this: " + component.Number(len(people)) + " people"
}

// printed says on paper when it was printed, by whom, and that it is personal.
func (v Expression) printed() string {
	return "As it was on " + v.Today.Words() + ", printed by " + v.name(v.Viewer) + ". This holds personal data: keep it safe, and destroy it when you no longer need it."
}

func (v Expression) lookRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, look := range v.Looks {
		times := "once"
		if look.Times > 1 {
			times = count(look.Times, "time")
		}
		rows = append(rows, []component.TableCell{{Text: v.looker(look)}, {Text: action(look.Action)}, {Text: times}, {Text: moment(look.Last)}})
	}
	return rows
}

// looker is who looked: a member of staff, or the portal by its command.
func (v Expression) looker(look audit.Look) string {
	if look.ActorKind == audit.Staff && look.ActorID != "" {
		return v.name(look.ActorID)
	}
	return "the portal"
}
