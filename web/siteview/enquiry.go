package siteview

import (
	"fmt"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/validate"
	"ahpfaculty/web/component"
)

// EnquiryView is the form that every kind of enquiry is sent with.
type EnquiryView struct {
	Base    Base
	FormKey string
	Message enquiry.Message // what was typed
	Errors  validate.Errors
	Stale   bool   // the page was open for so long that it has to be sent again
	Wait    string // how long to wait before sending, in words; "" to send now
}

// EnquirySentView confirms that an enquiry was sent.
type EnquirySentView struct {
	Base    Base
	Receipt enquiry.Receipt
}

// door is what the form says at one of its addresses.
type door struct {
	path        string // of the form
	title       string
	description string
	above       component.Link // the page that leads to the form
	message     string         // the label of the message
	hint        string
	name        string // the label of the name
	button      string
	sent        string // the title of the confirmation
}

var doors = map[enquiry.Kind]door{
	enquiry.Contact: {
		path: ContactWritePath, title: "Write to the faculty",
		description: "Send the faculty a question or a message, and say how you would like to be answered.",
		above:       component.Link{Text: "Contact the faculty", Href: ContactPath},
		message:     "Your message", hint: "Leave out details of anybody’s health.",
		name: "Your name", button: "Send your message", sent: "Your message is sent",
	},
	enquiry.Accessibility: {
		path: ReportPath, title: "Report an accessibility problem",
		description: "Tell us what does not work for you on this portal, or ask for a page in another form, such as large print.",
		above:       component.Link{Text: "Accessibility statement", Href: AccessibilityPath},
		message:     "What does not work for you?", hint: "If it helps, say which device or assistive technology you use.",
		name: "Your name (optional)", button: "Send your report", sent: "Your report is sent",
	},
	enquiry.Complaint: {
		path: ComplainPath, title: "Complain about how we use your data",
		description: "Tell the faculty if you are not happy with how your personal data is used.",
		above:       component.Link{Text: "Privacy notice", Href: PrivacyPath},
		message:     "What is your complaint about?", hint: "Say what happened, and when, if you know. Leave out details of anybody’s health.",
		name: "Your name", button: "Send your complaint", sent: "Your complaint is sent",
	},
}

// EnquiryPath is where the form of a kind is, and where it is sent to.
func EnquiryPath(k enquiry.Kind) string { return doors[k].path }

// EnquiryBase is what the form's page of a kind is called, and what stands above it.
func EnquiryBase(k enquiry.Kind) (title, description string, above component.Link) {
	d := doors[k]
	return d.title, d.description, d.above
}

// EnquirySentTitle is what the confirmation of a kind is called.
func EnquirySentTitle(k enquiry.Kind) string { return doors[k].sent }

func (v EnquiryView) door() door { return doors[v.Message.Kind] }

// asksPage reports whether the form asks which page the problem is on.
func (v EnquiryView) asksPage() bool { return v.Message.Kind == enquiry.Accessibility }

func (v EnquiryView) wrong(field string) component.ErrorMessage {
	return component.ErrorMessage{Text: v.Errors.For(field)}
}

// promise says by when somebody is answered.
func (v EnquiryView) promise() string {
	if v.Message.Kind == enquiry.Complaint {
		return "We tell you within 30 days that we have your complaint. Then we look into it without undue delay, keep you informed and tell you the outcome."
	}
	return "We aim to answer " + within(v.Message.Kind, v.Base.Faculty) + "."
}

// within says how many working days an answer takes.
func within(k enquiry.Kind, f faculty.Details) string {
	return "within " + count(enquiry.WorkingDays(k, f), "working day", "working days")
}

// next says what happens after an enquiry was sent.
func (v EnquirySentView) next() []string {
	by := v.Receipt.Due.Words()
	switch v.Receipt.Kind {
	case enquiry.Complaint:
		return []string{
			fmt.Sprintf("We tell you by %s that we have your complaint.", by),
			"We look into it without undue delay, and keep you informed.",
			"We tell you the outcome.",
		}
	case enquiry.Accessibility:
		return []string{
			"Somebody at the faculty reads what you told us.",
			fmt.Sprintf("We aim to answer you by %s, and to say what we do about it.", by),
		}
	}
	return []string{
		"Somebody at the faculty reads your message.",
		fmt.Sprintf("We aim to answer you by %s.", by),
	}
}

// waysRows are the ways to reach the faculty without the form.
func waysRows(f faculty.Details) []component.SummaryRow {
	return []component.SummaryRow{
		row("Phone", f.ContactPhone),
		row("When we answer the phone", f.ContactHours),
		row("Post", f.ContactPost),
		viewRow("Email", mailTo(f.ContactEmail)),
	}
}
