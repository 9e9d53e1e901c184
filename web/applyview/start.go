package applyview

import (
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
	"ahpfaculty/web/layout"
)

// StartPage is the page before the first question.
type StartPage struct {
	Frame     layout.Frame
	FormKey   string
	Details   faculty.Details
	Begun     bool          // there is a draft to go on with
	Reference string        // of the form that was sent last, or ""
	KeptUntil updating.Date // the draft's last day
}

func (p StartPage) frame() layout.Frame {
	return titled(p.Frame, "Say you are interested in returning to practice")
}

func (p StartPage) button() string {
	if p.Begun {
		return "Continue your form"
	}
	return "Start now"
}

// titled gives a frame its title, and a link back to the guide unless it leads
// back elsewhere.
func titled(f layout.Frame, title string) layout.Frame {
	f.Title = title
	if f.Back.Href == "" {
		f.Back = component.BackLink{Href: GuideURL(), Text: "Return to practice"}
	}
	return f
}

// backTo gives a frame its title and a link back.
func backTo(f layout.Frame, title, href string) layout.Frame {
	f.Back = component.BackLink{Href: href}
	return titled(f, title)
}
