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
			{Text: moment(r.At)}, {Text: v.who(r)}, {Text: action(r.Action)}, {Text: v.about(r)}, {Text: outcome},
		})
	}
	return rows
}

// actions are the audit's actions in words.
var actions = map[string]string{
	"session.start":             "Sign in",
	"session.end":               "Sign out",
	"session.end-all":           "Sign out everywhere",
	"session.prove":             "Confirm who they are",
	"password.check":            "Check a password",
	"factor.check":              "Check a code",
	"factor.add":                "Set up a second factor",
	"factor.codes":              "Make new recovery codes",
	"factor.reset":              "Take a second factor away",
	"password.set":              "Set a password",
	"link.ask":                  "Ask for a link by email",
	"link.make":                 "Make a one-time link",
	"link.use":                  "Use a one-time link",
	"staff.add":                 "Add a member of staff",
	"staff.role":                "Change a role",
	"staff.disable":             "Stop somebody signing in",
	"staff.enable":              "Let somebody sign in again",
	"expression.send":           "Send an expression of interest",
	"expression.view":           "Look at an expression of interest",
	"expression.move":           "Move an expression to another stage",
	"expression.note":           "Add a note to an expression",
	"expression.mail-refused":   "Find that an email is refused",
	"expression.mail-bounced":   "Record an email that came back",
	"expression.mail-reachable": "Record that an address works again",
	"expression.readdress":      "Correct an email address",
	"expression.ask":            "Ask a returner for more information",
	"expression.answer":         "Answer what the faculty asked",
	"expression.take-back":      "Take a question back",
	"expression.correct":        "Correct an answer of an expression",
	"expression.hold":           "Put an expression on hold",
	"expression.resume":         "Let an expression go on",
	"expression.ask-copy":       "Ask for a copy of their data",
	"expression.give-copy":      "Record that a copy of the data was given",
	"expression.rescue":         "Find an expression to be from a person",
	"expression.assign":         "Assign an expression",
	"expression.want-email":     "Ask for another email address",
	"expression.data":           "Look at everything about a person",
	"expression.data-file":      "Download everything about a person",
	"expression.erase":          "Erase an expression of interest",
	"retention.set":             "Set how long something is kept",
	"stage-limit.set":           "Set how long a stage may take",
	"reply-time.set":            "Set when the faculty replies",
	"bank-holiday.add":          "Add a bank holiday",
	"bank-holiday.remove":       "Remove a bank holiday",
	"figure.check":              "Check a figure of the rules",
	"figure.set":                "Set a figure of the rules",
	"rule.check":                "Check a rule",
	"enquiry.send":              "Send an enquiry",
	"enquiry.view":              "Look at an enquiry",
	"enquiry.answer":            "Mark an enquiry as answered",
	"enquiry.reopen":            "Open an enquiry again",
	"enquiry.note":              "Add a note to an enquiry",
	"enquiry.set-aside":         "Set an enquiry aside",
	"enquiry.rescue":            "Move an enquiry to the open ones",
	"offer.send":                "Send an offer",
	"offer.view":                "Look at an offer",
	"offer.match":               "Mark an offer as matched",
	"offer.close":               "Close an offer",
	"offer.reopen":              "Open an offer again",
	"offer.note":                "Add a note to an offer",
	"offer.set-aside":           "Set an offer aside",
	"offer.rescue":              "Move an offer to the open ones",
	"route.use":                 "Open a page",
}

// action says an action in words, or gives its name where it has none yet.
func action(name string) string {
	if words := actions[name]; words != "" {
		return words
	}
	return name
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
