package adminview

import (
	"ahpfaculty/internal/retention"
	"ahpfaculty/web/component"
)

// keptFor is a period with the day that it counts from: 28 days after the last
// change.
func keptFor(r retention.Rule) string { return r.Words() + " after " + r.Kind.Since() }

func (v Retention) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, r := range v.Rules {
		what := component.TableCell{Text: r.Kind.Name()}
		if r.Choice() {
			what.Href = RetentionRuleURL(string(r.Kind))
		}
		run, deleted, lately := "Not yet", "0", "0"
		if latest, ran := v.Latest[r.Kind]; ran {
			run, deleted, lately = moment(latest.At), component.Number(latest.Rows), component.Number(latest.Lately)
		}
		rows = append(rows, []component.TableCell{what, {Text: keptFor(r)}, {Text: v.set(r)}, {Text: run}, {Text: deleted}, {Text: lately}})
	}
	return rows
}

// set says who set a period, and when.
func (v Retention) set(r retention.Rule) string {
	if r.ChangedAt == nil {
		return "As the portal came"
	}
	who := v.Staff[r.ChangedBy]
	if who == "" {
		who = "a former member of staff"
	}
	return day(*r.ChangedAt) + " by " + who
}

func (v Retention) runRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, run := range v.Runs {
		deleted, counted := component.Number(run.Rows), "0"
		if run.Dry {
			deleted, counted = counted, deleted
		}
		rows = append(rows, []component.TableCell{{Text: moment(run.At)}, {Text: run.Rule.Name()}, {Text: deleted}, {Text: counted}})
	}
	return rows
}

func (v RetentionConfirm) rows() []component.SummaryRow {
	return []component.SummaryRow{
		row("What", v.Rule.Kind.Name()),
		row("Kept now", keptFor(v.Rule)),
		row("Kept from now on", v.Rule.In(v.Change.Number())+" after "+v.Rule.Kind.Since()),
	}
}
