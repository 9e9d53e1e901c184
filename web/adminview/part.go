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

// pagination leads to the pages of a list: the first, the last, and those
// around the one that is shown.
func pagination(label string, now, last int, page func(number int) string) component.Pagination {
	p := component.Pagination{AriaLabel: label}
	if now > 1 {
		p.Previous = component.PaginationLink{Href: page(now - 1)}
	}
	if now < last {
		p.Next = component.PaginationLink{Href: page(now + 1)}
	}
	before := 0
	for n := 1; n <= last; n++ {
		if n != 1 && n != last && (n < now-1 || n > now+1) {
			continue
		}
		if n > before+1 {
			p.Items = append(p.Items, component.PaginationItem{Ellipsis: true})
		}
		p.Items = append(p.Items, component.PaginationItem{Number: n, Href: page(n), Current: n == now})
		before = n
	}
	return p
}
