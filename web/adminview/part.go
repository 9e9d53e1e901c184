package adminview

import (
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// errorItems are the links of an error summary: each leads to the field of its
// name.
func errorItems(errs validate.Errors) []component.ErrorItem {
	var items []component.ErrorItem
	for _, one := range errs {
		items = append(items, component.ErrorItem{Text: one.Message, Href: "#" + one.Field})
	}
	return items
}

// message is what is wrong with one field.
func message(errs validate.Errors, field string) component.ErrorMessage {
	return component.ErrorMessage{Text: errs.For(field)}
}

// roleItems are the roles to choose from.
func roleItems() []component.Choice {
	var items []component.Choice
	for _, role := range staff.Roles() {
		items = append(items, component.Choice{Value: string(role), Text: role.Name(), Hint: component.Hint{Text: role.Describe()}})
	}
	return items
}
