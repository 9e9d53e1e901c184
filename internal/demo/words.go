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
	interest.Contacted:         {"Spoke to them {when}. {reached}", "Wrote to them with what comes next.", "Good talk. They can do {days} a week."},
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

// question is what a returner is asked, with the questions of the form that they
// answer again.
type question struct {
	message string
	steps   []string
}

var questions = []question{
	{"Which days of the week suit you, and how far can you travel?", []string{"hours"}},
	{"We found no entry under your register number. Can you look at it again?", []string{"register-number"}},
	{"Your phone number does not work. Is there another one?", []string{"phone"}},
	{"Would you also go to another organisation? The first one has no place before summer.", []string{"organisations"}},
	{"When could you start? The month that you gave has passed.", []string{"start"}},
	{"Can you tell us more about your last role: which patients, which kind of ward or clinic?", nil},
	{"Have you moved? The postcode and the town in your message do not fit.", []string{"postcode"}},
	{"Which settings interest you most? We have a place in the community.", []string{"settings"}},
}

// replies are what returners answer.
var replies = []string{
	"Tuesdays and Thursdays are best. Up to 30 miles is fine.", "Sorry, I mixed up two numbers. It is right now.", "I have changed it on the form.",
	"Yes, I would go there too.", "From next month on, if that suits you.", "I worked on a stroke ward for six years, then in outpatients.",
	"I have moved, the new postcode is on the form.", "The community would be ideal.", "Thank you for asking. Mornings only, please.",
}

// fill puts words in the place of braces.
func (d dice) fill(text string) string {
	for {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return capital(text)
		}
		text = before + pick(d, words[name]) + after
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

// question draws what is asked; only questions that the form asked this person.
func (j *journey) question() (message string, steps []string) {
	for {
		q := pick(j.d, questions)
		if len(q.steps) == 0 || j.asked(q.steps[0]) {
			return q.message, q.steps
		}
	}
}

// asked reports whether a question of the form was one for this person.
func (j *journey) asked(slug string) bool {
	return slug != "register-number" || j.Answers.RegisterNumber != nil
}
