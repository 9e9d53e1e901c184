package demo

import (
	"strings"

	"ahpfaculty/internal/interest"
)

// notes are what staff write about a case. Each name in braces stands for one
// of several words, so that hundreds of notes come of them.
var notes = []string{
	"Rang {when}. {reached}",
	"Rang {when}. {reached} {next}",
	"They can travel to {town}, not further.",
	"They would like {days} a week, best on {weekday}.",
	"Spoke to {who} at {town}: {capacity}",
	"Emailed {who} in {town} about a place {start}.",
	"{who} in {town} can take somebody {start}. {next}",
	"{matter} is settled.",
	"{matter} is still open. {next}",
	"They ask about {help}. Sent them the page about it.",
	"They worked with {group} before and would like to again.",
	"They would rather not work with {group} at first.",
	"Childcare: they can do {weekday} and {weekday} only, {days} at most.",
	"They have a car. {town} and {town} both suit them.",
	"No car. {town} can be reached by bus.",
	"Their supervisor will be {who} in {town}. First day {start}.",
	"Learning agreement sent to {who}.",
	"Occupational health and DBS: {progress}",
	"Private study: reading about {topic}. {next}",
	"They finished {days} so far and it goes well.",
	"They found the first weeks hard and would like to talk to somebody who has been through it.",
	"Agreed to speak again {when2}.",
	"Left a message {when}. {next}",
	"Confirmed their register number with them.",
	"They changed their hours at work and can now do {days} a week.",
	"Portfolio looked at together. Missing: {topic}.",
}

// words are what the braces stand for.
var words = map[string][]string{
	"when":     {"in the morning", "at lunch", "in the afternoon", "on Monday", "on Friday", "after work"},
	"when2":    {"next week", "in two weeks", "at the end of the month", "after the holidays", "when they have a date"},
	"reached":  {"No answer.", "Left a message.", "They are keen to start.", "They need a little more time.", "They will ring back.", "The line was bad; they prefer email."},
	"next":     {"We try again next week.", "They send the papers.", "To look at again in two weeks.", "We write to them when we know more.", "They ring when they know."},
	"town":     {"Lincoln", "Boston", "Grantham", "Louth", "Skegness", "Gainsborough", "Spalding", "Sleaford", "Stamford", "Grimsby", "Scunthorpe", "Newark"},
	"days":     {"one day", "two days", "three days", "four mornings", "two afternoons"},
	"weekday":  {"Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays"},
	"who":      {"the practice educator", "the team lead", "the ward manager", "the clinical lead", "the education team", "the therapy manager"},
	"capacity": {"no room before spring.", "one place from next month.", "they ask for a CV first.", "yes, two days a week.", "they will talk to the team."},
	"start":    {"in January", "in March", "after Easter", "in June", "in September", "from next month", "as soon as the checks are done"},
	"matter":   {"The honorary contract", "Travel money", "The supervisor’s form", "The date of the first day", "The reference", "Access to the library"},
	"help":     {"funding", "study materials", "finding a supervisor", "the test of English", "flexible hours", "indemnity"},
	"group":    {"older people", "children", "people after a stroke", "people with learning disabilities", "people with long-term pain", "emergency patients"},
	"progress": {"sent.", "under way.", "done.", "waiting for one paper."},
	"paper":    {"the references", "a date from the regulator", "the checks", "an answer from their employer"},
	"topic":    {"record keeping", "consent", "safeguarding", "new guidance", "digital records", "reflective practice", "leadership"},
}

// moveNotes stand beside a move; by the stage that it leads to.
var moveNotes = map[interest.Stage][]string{
	interest.InReview:          {"Looked through the form: complete.", "Form is complete. {next}", "First look done. They ask about {help}."},
	interest.Contacted:         {"Spoke to them {when}: keen to start.", "Spoke to them {when}: they need a little more time.", "Wrote to them with what comes next.", "Good talk. They can do {days} a week."},
	interest.FindingPlacement:  {"Asked {who} in {town} and in {town}.", "They would take a place in {town} or {town}.", "Looking for a place {start}."},
	interest.Updating:          {"Started in {town} with {who}.", "First day was {when}. {days} a week.", "Begins {start} in {town}."},
	interest.AppliedToRegister: {"All days done; they sent the papers {when}.", "Application sent. {next}"},
	interest.Returned:          {"Back on the register. They start work in {town} {start}.", "On the register again. They thank {who}."},
	interest.Declined:          {"They practise in another country now.", "They asked for something that we do not do.", "See the note before."},
	interest.Withdrawn:         {"They told us {when}.", "They may come back another year.", "They found work outside health care."},
	interest.Closed:            {"Rang three times and wrote twice.", "No answer since {when2}.", "Last letter sent {when}."},
}

// holdNotes stand beside a hold; by its reason.
var holdNotes = map[string][]string{
	interest.ReturnerAsked:  {"A family matter comes first.", "They move house and ring when they are settled.", "They finish another course first.", "They wait until the new school year."},
	"waiting-for-placement": {"{town} has a place {start}.", "{who} in {town} said yes, {start}."},
	"waiting-for-regulator": {"The regulator asked for one more paper.", "Application is with the regulator."},
	"other":                 {"Waiting for {paper}.", "Waiting for {who} to come back from leave."},
}

// question is what a returner is asked, with the question of the form that they
// answer again, if any, and what they write back.
type question struct {
	message, step string
	replies       []string
}

var questions = []question{
	{"Which days of the week suit you, and how far can you travel?", "hours",
		[]string{"{weekday} and {weekday} are best. Up to 30 miles is fine.", "{days} a week, and only as far as {town}, please."}},
	{"We found no entry under your register number. Can you look at it again?", "register-number",
		[]string{"Sorry, I mixed up two numbers. It is right now.", "I had it from an old letter. I changed it on the form."}},
	{"Your phone number does not work. Is there another one?", "phone",
		[]string{"I have a new one, it is on the form.", "Please ring after 5, I am in lectures all day."}},
	{"Would you also go to another organisation? The first one has no place before summer.", "organisations",
		[]string{"Yes, I would go to {town} too.", "I would rather wait for {town}, if that is possible."}},
	{"When could you start? The month that you gave has passed.", "start",
		[]string{"{start}, if that suits you.", "As soon as you have a place."}},
	{"Can you tell us more about your last role: which patients, which kind of ward or clinic?", "",
		[]string{"I worked with {group} for six years, then in outpatients.", "Mostly with {group}, in {town}."}},
	{"Have you moved? The postcode and the town in your message do not fit.", "postcode",
		[]string{"I have moved to {town}, the new postcode is on the form.", "A slip of mine. It is right now."}},
	{"Which settings interest you most? We have a place in the community.", "settings",
		[]string{"The community would be ideal.", "I would like a hospital best, with {group}."}},
}

// fill puts words in the place of braces, none of them twice.
func (d dice) fill(text string) string {
	taken := map[string]bool{}
	for {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return capital(text)
		}
		word := pick(d, words[name])
		for taken[word] {
			word = pick(d, words[name])
		}
		taken[word] = true
		text = before + word + after
	}
}

// capital begins a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (j *journey) note() string { return j.d.fill(pick(j.d, notes)) }

func (j *journey) moveNote(to interest.Stage) string { return j.d.fill(pick(j.d, moveNotes[to])) }

func (j *journey) holdNote(reason string) string { return j.d.fill(pick(j.d, holdNotes[reason])) }

// question draws what is asked; only what the form asked this person.
func (j *journey) question() question {
	for {
		q := pick(j.d, questions)
		if q.step != "register-number" || j.Answers.RegisterNumber != nil {
			return q
		}
	}
}
