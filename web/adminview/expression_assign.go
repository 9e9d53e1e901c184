package adminview

import (
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/component"
)

// person is a member of staff by their account's id; false for nobody known.
func (v Expression) person(id string) (staff.Account, bool) {
	for _, account := range v.Staff {
		if account.ID == id {
			return account, true
		}
	}
	return staff.Account{}, false
}

// name is what a member of staff is called.
func (v Expression) name(id string) string {
	if v.Nameless {
		return theFaculty
	}
	if account, known := v.person(id); known {
		return account.Name
	}
	return "a former member of staff"
}

// assignee is who has the case.
func (v Expression) assignee() string {
	if v.Case.AssigneeID == "" {
		return "Nobody"
	}
	if v.Nameless {
		return "A member of staff"
	}
	return v.nameNow(v.Case.AssigneeID)
}

// nameNow is a name, with why the person does not work on cases any more.
func (v Expression) nameNow(id string) string {
	account, known := v.person(id)
	switch {
	case known && account.Disabled():
		return account.Name + " (was disabled)"
	case known && !interest.MayHaveCases(account):
		return account.Name + " (no longer works on cases)"
	}
	return v.name(id)
}

// mine reports whether who looks has the case.
func (v Expression) mine() bool { return v.Case.AssigneeID == v.Viewer }

func (v Expression) assigneeSentence() string {
	switch {
	case v.mine():
		return "You have this case."
	case v.Case.AssigneeID == "":
		return "Nobody has this case."
	}
	return v.assignee() + " has this case."
}

// chosenAssignee is what the list of names is set to.
func (v Expression) chosenAssignee() string {
	if v.Assignee != nil {
		return *v.Assignee
	}
	return v.Case.AssigneeID
}

// assigneeItems are who may have the case, after nobody. Who has it and may not
// any more is among them until it is handed over.
func (v Expression) assigneeItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Nobody"}}
	for _, account := range v.Staff {
		if interest.MayHaveCases(account) || account.ID == v.Case.AssigneeID {
			items = append(items, component.SelectItem{Value: account.ID, Text: v.nameNow(account.ID)})
		}
	}
	return items
}

// handedOver says from whom to whom a case went.
func (v Expression) handedOver(e interest.Event) string {
	switch {
	case v.Nameless:
		return "Another member of staff works on it, or nobody for now"
	case e.ToAssignee == "":
		return "Taken from " + v.name(e.FromAssignee) + ", to nobody"
	case e.FromAssignee == "":
		return "Assigned to " + v.name(e.ToAssignee)
	}
	return "Handed over from " + v.name(e.FromAssignee) + " to " + v.name(e.ToAssignee)
}
