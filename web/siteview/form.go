package siteview

import (
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// errorItems are the links of the error summary: each leads to the field of its
// name.
func errorItems(errs validate.Errors) []component.ErrorItem {
	var items []component.ErrorItem
	for _, one := range errs {
		items = append(items, component.ErrorItem{Text: one.Message, Href: "#" + one.Field})
	}
	return items
}
