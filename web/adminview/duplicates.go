package adminview

import (
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/web/component"
)

// duplicateWords say where a duplicate stands and what it shares.
func duplicateWords(d interest.Duplicate) string {
	return d.Stage.Name() + ", received on " + day(d.ReceivedAt) + ". The same " + sharedWords(d) + "."
}

// sharedWords list what two expressions share, the surest first.
func sharedWords(d interest.Duplicate) string {
	var shared []string
	if d.SameNumber {
		shared = append(shared, "register number")
	}
	if d.SameEmail {
		shared = append(shared, "email address")
	}
	if d.SameName {
		shared = append(shared, "name and profession")
	}
	return strings.Join(shared, ", and the same ")
}

// moreDuplicates says that there are more than are listed.
func (v Expression) moreDuplicates() string {
	if v.Duplicates.Total == len(v.Duplicates.Rows) {
		return ""
	}
	return "These are the newest of " + component.Number(v.Duplicates.Total) + ". Search the list by name, email address or register number for the rest."
}
