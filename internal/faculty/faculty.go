// Package faculty holds whose portal this is: the faculty's details, the
// organisations that belong to it, and its groups.
package faculty

import "time"

// Details are what the faculty says about itself. An empty value is one that
// the faculty has still to set: nobody may make it up.
type Details struct {
	Name                  string `yaml:"name"`
	ShortName             string `yaml:"short_name"`
	ICS                   string `yaml:"ics"`  // the Integrated Care System in full
	Area                  string `yaml:"area"` // the place, as in "AHPs in Lincolnshire"
	Motto                 string `yaml:"motto"`
	Controller            string `yaml:"controller"` // who answers for personal data
	ControllerAddress     string `yaml:"controller_address"`
	DataProtectionOfficer string `yaml:"data_protection_officer"`
	ContactEmail          string `yaml:"contact_email"`
	ContactPhone          string `yaml:"contact_phone"`
	ContactHours          string `yaml:"contact_hours"`
	ContactPost           string `yaml:"contact_post"`
	ReplyWorkingDays      int    `yaml:"reply_working_days"` // 0 is not set
	// For problems of accessibility; 0 is as for everything else.
	AccessibilityReplyWorkingDays int    `yaml:"accessibility_reply_working_days"`
	SecurityContact               string `yaml:"security_contact"`
}

// ReadyForForm reports whether the faculty has set what the form's privacy
// notice must say: who the controller is, and at least one way to ask.
func (d Details) ReadyForForm() bool {
	return d.Controller != "" && (d.ContactEmail != "" || d.ContactPhone != "" || d.ContactPost != "")
}

// Organisation is a member of the council and the faculty.
type Organisation struct {
	Slug         string `yaml:"slug"`
	Name         string `yaml:"name"`
	Abbreviation string `yaml:"abbreviation"`
	Kind         string `yaml:"kind"` // "NHS trust", "university"
	Note         string `yaml:"note"`
	Position     int    `yaml:"order"`
}

// The kinds of group.
const (
	ActionGroup = "action-group"
	SubGroup    = "sub-group"
)

// The states that a group's project can be in.
const (
	Started = "started"
	Scoping = "scoping"
	Meeting = "meeting"
)

// Group is an action group or a sub-group of the faculty.
type Group struct {
	Slug         string    `yaml:"slug"`
	Name         string    `yaml:"name"`
	Kind         string    `yaml:"kind"` // ActionGroup or SubGroup
	Position     int       `yaml:"order"`
	Summary      string    `yaml:"summary"`
	Aim          string    `yaml:"aim"`
	Project      string    `yaml:"project"`
	Partners     []string  `yaml:"partners,omitempty"` // slugs of organisations
	PartnersNote string    `yaml:"partners_note"`
	State        string    `yaml:"state"` // Started, Scoping or Meeting
	StateNote    string    `yaml:"state_note"`
	Facts        []string  `yaml:"facts,omitempty"`
	ToAdd        []string  `yaml:"to_add,omitempty"`
	Reviewed     time.Time `yaml:"reviewed"`
	ReviewBy     time.Time `yaml:"review_by"`
}

// StateName says a group's state in a word or two; "" for one that is unknown.
func (g Group) StateName() string {
	switch g.State {
	case Started:
		return "Started"
	case Scoping:
		return "Scoping"
	case Meeting:
		return "Meeting regularly"
	}
	return ""
}
