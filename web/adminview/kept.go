package adminview

import (
	"strings"

	"ahpfaculty/web/component"
)

// rows are what was typed or chosen, without what a form carries for itself.
func (v Kept) rows() []component.SummaryRow {
	var rows []component.SummaryRow
	for _, field := range v.Fields {
		if field.Name != "" && strings.TrimSpace(field.Value) != "" && field.Name != "version" && field.Name != "nonce" {
			rows = append(rows, row(asWords(field.Name), field.Value))
		}
	}
	return rows
}

// asWords is a field's name as people read it: "register-number" is "Register
// number".
func asWords(name string) string {
	words := strings.NewReplacer("-", " ", "_", " ").Replace(name)
	return strings.ToUpper(words[:1]) + words[1:]
}
