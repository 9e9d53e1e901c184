package adminview

import (
	"strconv"

	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
)

// rows are the entries of one kind, in the order in which they came.
func (v Rules) rows(kind string) [][]component.TableCell {
	var rows [][]component.TableCell
	for _, e := range v.Entries {
		if e.Kind != kind {
			continue
		}
		cells := []component.TableCell{{Text: e.Words}}
		if kind == updating.EntryFigure {
			cells = []component.TableCell{{Text: e.Words, Href: FigureURL(e.Slug)}, {HTML: inForce(e)}, {Text: e.Since.Words()}}
		}
		rows = append(rows, append(cells, component.TableCell{HTML: source(e.Source)}, component.TableCell{HTML: v.checked(e)}))
	}
	return rows
}

// overdue is how many entries were not checked for six months.
func (v Rules) overdue() int {
	n := 0
	for _, e := range v.Entries {
		if e.Overdue {
			n++
		}
	}
	return n
}

// valueRows are a figure's values, the newest first.
func (v Figure) valueRows() [][]component.TableCell {
	var rows [][]component.TableCell
	for i := len(v.Figure.Values) - 1; i >= 0; i-- {
		one := v.Figure.Values[i]
		state := ""
		if one == v.Figure.On(v.Today) {
			state = "In force"
		}
		rows = append(rows, []component.TableCell{
			{Text: one.From.Words()}, {Text: v.Figure.Words(one.Value)}, {Text: state}, {HTML: source(v.Book.Source(one.Source))},
			{Text: one.Checked.Words()}, {Text: one.Note},
		})
	}
	return rows
}

func (v Figure) sources() []component.SelectItem {
	items := []component.SelectItem{{Text: "Choose a page"}}
	for _, s := range v.Book.Sources {
		items = append(items, component.SelectItem{Value: s.Slug, Text: s.Publisher + ": " + s.Title, Selected: s.Slug == v.Typed.Source})
	}
	return items
}

// suffix is the figure's unit beside the field.
func (v Figure) suffix() component.Affix {
	if v.Figure.Unit() == updating.Pounds {
		return component.Affix{}
	}
	return component.Affix{Text: string(v.Figure.Unit())}
}

func (v Figure) prefix() component.Affix {
	if v.Figure.Unit() == updating.Pounds {
		return component.Affix{Text: "£"}
	}
	return component.Affix{}
}

func (v Figure) from() component.DateInput {
	part := func(name, value string) component.DatePart {
		return component.DatePart{Name: name, ID: name, Value: value}
	}
	return component.DateInput{
		ID:       "from",
		Fieldset: component.Fieldset{Legend: component.Legend{Text: "From which day", Size: "s"}},
		Hint:     component.Hint{Text: "The first day of applying to the register that it holds for, for example 1 2 " + strconv.Itoa(v.Today.Year+1) + ". The day of a value above corrects that value."},
		Day:      part("day", v.Typed.Day), Month: part("month", v.Typed.Month), Year: part("year", v.Typed.Year),
		ErrorMessage: message(v.Errors, "day"),
	}
}

// rows say what will change.
func (v FigureConfirm) rows() []component.SummaryRow {
	return []component.SummaryRow{
		row("Figure", v.Figure.Name),
		row("Without the change", v.Figure.Words(v.Before.Value)),
		row("New value", v.Figure.Words(v.New.Number())),
		row("From", v.New.From().Words()),
		row("Read on", v.Source.Publisher+": "+v.Source.Title),
	}
}

// fields are the form as it was filled in.
func (v FigureConfirm) fields() [][2]string {
	return [][2]string{
		{"edition", v.New.Edition}, {"value", v.New.Value}, {"day", v.New.Day}, {"month", v.New.Month},
		{"year", v.New.Year}, {"source", v.New.Source}, {"confirmed", "yes"},
	}
}

func (v Rules) overdueWords(n int) string {
	if n == 1 {
		return "1 of them was not checked for 6 months. It comes first."
	}
	return component.Number(n) + " of them were not checked for 6 months. They come first."
}
