package applyview

import (
	"strconv"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
	"ahpfaculty/web/resultview"
)

// RevisionField carries which state of the draft was checked.
const RevisionField = "revision"

// CheckPage is the page of all answers, from which the form is sent.
type CheckPage struct {
	Frame    layout.Frame
	FormKey  string
	Revision int
	Lines    []interest.Line
	Result   updating.Result
	Changed  bool // the answers changed since they were checked
}

func (p CheckPage) frame() layout.Frame {
	return backTo(p.Frame, "Check your answers before you send them", TasksURL())
}

func (p CheckPage) revision() string { return strconv.Itoa(p.Revision) }

// part is a section with its answers.
type part struct {
	title string
	rows  []component.SummaryRow
}

// parts are the sections that have answers.
func (p CheckPage) parts() []part {
	var parts []part
	for _, section := range interest.Sections() {
		rows := p.rows(section.Slug)
		if section.Slug == interest.SectionSituation {
			rows = append(rows, p.days())
		}
		if len(rows) > 0 {
			parts = append(parts, part{section.Title, rows})
		}
	}
	return parts
}

func (p CheckPage) rows(section string) []component.SummaryRow {
	var rows []component.SummaryRow
	for _, line := range p.Lines {
		if line.Section != section {
			continue
		}
		rows = append(rows, component.SummaryRow{
			Key:   component.SummaryCell{Text: line.Question},
			Value: component.SummaryCell{HTML: answer(line.Answer)},
			Actions: component.Actions{Items: []component.Action{{
				Text: "Change", Href: ChangeURL(line.Step), VisuallyHiddenText: lower(line.Question),
			}}},
		})
	}
	return rows
}

// days is the row of the result; it has nothing to change but the answers.
func (p CheckPage) days() component.SummaryRow {
	lines := resultview.Lines(p.Result)
	return component.SummaryRow{Key: component.SummaryCell{Text: "Days of updating"}, Value: component.SummaryCell{HTML: answer(lines)}}
}

// lower starts a question with a small letter, for use inside another sentence.
func lower(s string) string {
	if strings.HasPrefix(s, "HCPC") || s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
