package adminview

import (
	"ahpfaculty/internal/audit"
	"ahpfaculty/web/component"
)

func (v Audit) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, r := range v.Rows {
		outcome := "Done"
		if r.Outcome == audit.Refused {
			outcome = "Refused"
		}
		rows = append(rows, []component.TableCell{
			{Text: moment(r.At)}, {Text: v.who(r)}, {Text: r.Action}, {Text: v.about(r)}, {Text: outcome},
		})
	}
	return rows
}

func (v Audit) who(r audit.Row) string {
	switch r.ActorKind {
	case audit.Staff:
		if name := v.Staff[r.ActorID]; name != "" {
			return name
		}
		return r.ActorID
	case audit.Returner:
		return "A returner"
	case audit.System:
		return "The portal"
	default:
		return "Nobody known"
	}
}

// about names what something was done to: a colleague by name, anything else by
// its id.
func (v Audit) about(r audit.Row) string {
	if name := v.Staff[r.SubjectID]; r.SubjectKind == "staff" && name != "" {
		return name
	}
	if r.SubjectID == "" {
		return r.SubjectKind
	}
	return r.SubjectKind + " " + r.SubjectID
}
