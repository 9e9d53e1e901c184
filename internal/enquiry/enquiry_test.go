package enquiry_test

import (
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

func TestMessagesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	good := enquiry.Message{Kind: enquiry.Contact, Text: "Can you come?", Name: "Zoë Example", AnswerBy: enquiry.ByEmail, Email: "zoe@example.com"}
	with := func(change func(*enquiry.Message)) enquiry.Message {
		m := good
		change(&m)
		return m
	}
	for _, test := range []struct {
		name    string
		message enquiry.Message
		want    string // the fields that are wrong
	}{
		{"a good one", good, ""},
		{"nothing", enquiry.Message{Kind: enquiry.Contact}, "message name answer-by"},
		{"nothing about accessibility", enquiry.Message{Kind: enquiry.Accessibility}, "message answer-by"},
		{"an unnamed problem", with(func(m *enquiry.Message) { m.Kind, m.Name = enquiry.Accessibility, "" }), ""},
		{"an unnamed complaint", with(func(m *enquiry.Message) { m.Kind, m.Name = enquiry.Complaint, " " }), "name"},
		{"the longest message", with(func(m *enquiry.Message) { m.Text = strings.Repeat("é", 4000) }), ""},
		{"one too long", with(func(m *enquiry.Message) { m.Text = strings.Repeat("é", 4001) }), "message"},
		{"a long name", with(func(m *enquiry.Message) { m.Name = strings.Repeat("x", 201) }), "name"},
		{"no address", with(func(m *enquiry.Message) { m.Email = "" }), "email"},
		{"a bad address", with(func(m *enquiry.Message) { m.Email = "zoe at example" }), "email"},
		{"a phone number", with(func(m *enquiry.Message) { m.AnswerBy, m.Phone = enquiry.ByPhone, "01522 000000" }), ""},
		{"no phone number", with(func(m *enquiry.Message) { m.AnswerBy = enquiry.ByPhone }), "phone"},
		{"a bad phone number", with(func(m *enquiry.Message) { m.AnswerBy, m.Phone = enquiry.ByPhone, "12" }), "phone"},
		{"an unknown way", with(func(m *enquiry.Message) { m.AnswerBy = "pigeon" }), "answer-by"},
		{"a long page", with(func(m *enquiry.Message) { m.Kind, m.Page = enquiry.Accessibility, strings.Repeat("x", 501) }), "page"},
	} {
		var fields []string
		for _, one := range test.message.Validate() {
			fields = append(fields, one.Field)
		}
		if got := strings.Join(fields, " "); got != test.want {
			t.Errorf("%s: wrong fields = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestOnlyTheWayThatWasChosenIsKept(t *testing.T) {
	t.Parallel()
	m := enquiry.Message{Kind: enquiry.Contact, AnswerBy: enquiry.ByPhone, Email: "zoe@example.com", Phone: " 01522  000000 ", Page: "/"}.Clean()
	if m.Email != "" || m.Page != "" || m.Phone != "01522 000000" {
		t.Errorf("Clean() = %+v, want the phone number alone", m)
	}
}

func TestEachKindHasItsTime(t *testing.T) {
	t.Parallel()
	on := updating.Date{Year: 2026, Month: time.December, Day: 22} // a Tuesday
	holidays := []workday.Holiday{
		{Day: updating.Date{Year: 2026, Month: time.December, Day: 25}}, {Day: updating.Date{Year: 2026, Month: time.December, Day: 28}},
	}
	for _, test := range []struct {
		kind    enquiry.Kind
		details faculty.Details
		want    string
	}{
		{enquiry.Contact, faculty.Details{}, "2026-12-31"},
		{enquiry.Contact, faculty.Details{ReplyWorkingDays: 2}, "2026-12-24"},
		{enquiry.Accessibility, faculty.Details{ReplyWorkingDays: 2}, "2026-12-24"},
		{enquiry.Accessibility, faculty.Details{ReplyWorkingDays: 2, AccessibilityReplyWorkingDays: 1}, "2026-12-23"},
		{enquiry.Complaint, faculty.Details{ReplyWorkingDays: 2}, "2027-01-20"}, // the 30th day, the day it came being the first
	} {
		if got := enquiry.Due(test.kind, on, test.details, holidays); got.String() != test.want {
			t.Errorf("Due(%s, %+v) = %s, want %s", test.kind, test.details, got, test.want)
		}
	}
}

func TestOnlyOpenEnquiriesAreLate(t *testing.T) {
	t.Parallel()
	due := updating.Date{Year: 2026, Month: time.November, Day: 27}
	for _, test := range []struct {
		state enquiry.State
		on    updating.Date
		want  bool
	}{
		{enquiry.Open, due, false}, {enquiry.Open, due.AddDays(1), true},
		{enquiry.Answered, due.AddDays(1), false}, {enquiry.SetAside, due.AddDays(1), false},
	} {
		if got := (enquiry.Enquiry{State: test.state, Due: due}).LateOn(test.on); got != test.want {
			t.Errorf("LateOn(%s) of one that is %s = %v, want %v", test.on, test.state, got, test.want)
		}
	}
}

func TestEveryKindStateAndEventHasAName(t *testing.T) {
	t.Parallel()
	for _, kind := range enquiry.Kinds() {
		if !kind.Known() {
			t.Errorf("kind %q has no name", kind)
		}
	}
	for _, how := range enquiry.Hows() {
		if how.Name() == "" {
			t.Errorf("way %q has no name", how)
		}
	}
	if enquiry.Kind("none").Known() || enquiry.State("none").Known() || !enquiry.SetAside.Known() {
		t.Error("Known() is wrong about what there is")
	}
}
