package adminview

import (
	"ahpfaculty/internal/notice"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// NoticesURL is what somebody is told by email; a POST chooses it.
func NoticesURL() string { return AccountURL() + "/notifications" }

// MailboxURL is the mailbox that several people read; a POST sets it.
func MailboxURL() string { return "/admin/mailbox" }

// howRadios ask how somebody is told a kind.
func howRadios(kind notice.Kind, chosen notice.How, describe string, errs validate.Errors) component.Radios {
	var items []component.Choice
	for _, how := range notice.Hows() {
		items = append(items, component.Choice{Value: string(how), Text: how.Name()})
	}
	return component.Radios{
		Name: string(kind), IDPrefix: string(kind), Items: items, Value: string(chosen), Small: true,
		Fieldset:     component.Fieldset{Legend: component.Legend{Text: kind.Name(), Size: "s"}},
		Hint:         component.Hint{Text: describe},
		ErrorMessage: message(errs, string(kind)),
	}
}

// set says who set the mailbox, and when.
func (v Mailbox) set() string {
	if v.Mailbox.ChangedAt == nil {
		return "Nobody has set it yet."
	}
	name := v.Staff[v.Mailbox.ChangedBy]
	if name == "" {
		name = "a former member of staff"
	}
	return "Set on " + day(*v.Mailbox.ChangedAt) + " by " + name + "."
}

// aboutAll says when a mailbox is told of a kind: of every case, whoever has it.
func aboutAll(kind notice.Kind) string {
	return map[notice.Kind]string{
		notice.New:      "Somebody sent an expression of interest.",
		notice.Answered: "A returner answered what they were asked.",
		notice.DueSoon:  "A case is due within 2 working days.",
		notice.Late:     "A case was due.",
	}[kind]
}
