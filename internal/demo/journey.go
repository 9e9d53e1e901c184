package demo

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/updating"
)

// leg is where a case goes from a stage, and how often, in hundredths.
type leg struct {
	to    interest.Stage
	often int
}

// stay is how long cases are in a stage, in working days on average, and where
// they go then. Every leg is in the table of moves.
type stay struct {
	days int
	legs []leg
}

var stays = map[interest.Stage]stay{
	interest.Received: {5, []leg{{interest.InReview, 74}, {interest.Contacted, 12}, {interest.Declined, 6}, {interest.Withdrawn, 4}, {interest.Closed, 4}}},
	interest.InReview: {7, []leg{{interest.Contacted, 82}, {interest.Declined, 10}, {interest.Withdrawn, 5}, {interest.Closed, 3}}},
	interest.Contacted: {14, []leg{{interest.FindingPlacement, 66}, {interest.InReview, 4}, {interest.Declined, 5}, {interest.Withdrawn, 11},
		{interest.Closed, 14}}},
	interest.FindingPlacement: {60, []leg{{interest.Updating, 68}, {interest.Contacted, 5}, {interest.Declined, 7}, {interest.Withdrawn, 14},
		{interest.Closed, 6}}},
	interest.Updating:          {120, []leg{{interest.AppliedToRegister, 83}, {interest.FindingPlacement, 5}, {interest.Withdrawn, 9}, {interest.Closed, 3}}},
	interest.AppliedToRegister: {32, []leg{{interest.Returned, 92}, {interest.Updating, 4}, {interest.Withdrawn, 2}, {interest.Closed, 2}}},
}

// reopened is how often a case that was ended is opened again.
const reopened = .015

// journey is a case on its way.
type journey struct {
	interest.Case
	w        *world
	d        dice
	events   []interest.Event // the oldest first
	reopened bool
}

// run takes a case that was just received as far as it is by now.
func (j *journey) run() {
	j.happens(arrived(j.ReceivedAt))
	for {
		leaves, moves := j.leaves()
		if !moves {
			j.wait()
			break
		}
		j.meanwhile(leaves)
		j.move(leaves)
		if j.Stage.Info().Ends && !j.opensAgain() {
			break
		}
	}
	j.Events = j.events
	slices.Reverse(j.Events)
	slices.Reverse(j.Requests)
}

// arrived is the first event of every case.
func arrived(at time.Time) interest.Event {
	return interest.Event{At: at, Kind: interest.EventReceived, ActorKind: audit.Returner}
}

// leaves is when the case leaves the stage that it is in; false where that is
// still to come.
func (j *journey) leaves() (time.Time, bool) {
	days := 1 + int(j.d.ExpFloat64()*float64(stays[j.Stage].days-1))
	day := j.w.calendar.after(interest.DayOf(j.StageSince), min(days, 5*stays[j.Stage].days))
	return j.w.calendar.office(j.d, day), day.Before(j.w.today)
}

// move takes the case along one of the legs from its stage.
func (j *journey) move(at time.Time) {
	var legs []weighted[interest.Stage]
	for _, l := range stays[j.Stage].legs {
		legs = append(legs, weighted[interest.Stage]{l.to, l.often})
	}
	to := weigh(j.d, legs)
	if j.AssigneeID == "" && (to != interest.Closed || j.d.chance(.5)) {
		j.give(at.Add(-time.Duration(j.d.between(30, 600))*time.Second), pick(j.d, j.w.workers))
	}
	event := j.byStaff(interest.Event{At: at, Kind: interest.EventMoved, From: j.Stage, To: to, Reason: j.reason(to)})
	switch {
	case to == interest.Withdrawn && j.d.chance(.6):
		event.ActorKind, event.ActorID = audit.Returner, ""
	case event.Reason == "other" || j.d.chance(.2):
		event.Note = j.moveNote(to)
	}
	j.moved(event)
}

func (j *journey) moved(event interest.Event) {
	j.happens(event)
	j.Stage, j.Reason, j.StageSince = event.To, event.Reason, event.At
	j.changes(event.At)
}

// reason is one of a stage's reasons; "" where it has none.
func (j *journey) reason(to interest.Stage) string {
	reasons := to.Info().Reasons
	if len(reasons) == 0 {
		return ""
	}
	if to == interest.Declined {
		return weigh(j.d, []weighted[string]{{"outside-area", 25}, {"another-route", 20}, {"no-capacity", 30}, {"duplicate", 12}, {"not-genuine", 5}, {"other", 8}})
	}
	return pick(j.d, reasons).Slug
}

// opensAgain opens a case again that was ended, now and then, and says whether
// it did.
func (j *journey) opensAgain() bool {
	if j.Stage == interest.Returned || j.reopened || !j.d.chance(reopened) {
		return false
	}
	day := j.w.calendar.after(interest.DayOf(j.StageSince), j.d.between(15, 120))
	if !day.Before(j.w.today) {
		return false
	}
	j.reopened = true
	j.moved(j.byStaff(interest.Event{
		At: j.w.calendar.office(j.d, day), Kind: interest.EventMoved, From: j.Stage, To: interest.InReview, Note: "They rang: they would like to go on after all.",
	}))
	return true
}

// meanwhile is what happens in a stage before the case leaves it.
func (j *journey) meanwhile(until time.Time) {
	if j.Stage == interest.Received {
		return
	}
	j.noteBefore(until, .32)
	last := j.events[len(j.events)-1].At
	switch {
	case j.d.chance(.12):
		if asked, fits := j.between(last, until); fits {
			if answered, fits := j.between(asked, earlier(until, asked.AddDate(0, 0, 21))); fits {
				q := j.question()
				j.ask(asked, q)
				j.answer(answered, q)
			}
		}
	case j.d.chance(.05):
		if held, fits := j.between(last, until); fits {
			if resumed, fits := j.between(held, until); fits {
				j.hold(held, resumed)
				j.resume(resumed)
			}
		}
	}
}

// wait leaves the case where it stands now, with somebody's turn.
func (j *journey) wait() {
	now := j.w.until
	j.noteBefore(now, .3)
	j.assign(now)
	last := j.events[len(j.events)-1].At
	at, fits := j.between(last, now)
	switch {
	case !fits || j.Stage == interest.Received && j.d.chance(.8):
	case j.d.chance(.17):
		j.ask(at, j.question())
	case j.d.chance(.12):
		j.hold(at, now.AddDate(0, 0, j.d.between(3, 100)))
	}
	j.troubles(now)
}

// give assigns the case to somebody, or to nobody, if it is time yet.
func (j *journey) give(at time.Time, to string) {
	if last := j.events[len(j.events)-1].At; !at.After(last) || to == j.AssigneeID {
		return
	}
	j.happens(j.byStaff(interest.Event{At: at, Kind: interest.EventAssigned, FromAssignee: j.AssigneeID, ToAssignee: to}))
	j.AssigneeID = to
	j.changes(at)
}

// assign hands an open case to somebody else, or to nobody, now and then: few
// are taken before they are read.
func (j *journey) assign(until time.Time) {
	at, fits := j.between(j.events[len(j.events)-1].At, until)
	switch {
	case !fits:
	case j.Stage == interest.Received && j.d.chance(.15):
		j.give(at, pick(j.d, j.w.workers))
	case j.Stage == interest.Received:
	case j.d.chance(.08):
		j.give(at, "")
	case j.d.chance(.08):
		j.give(at, pick(j.d, j.w.workers))
	}
}

// noteBefore writes a note, so often, before a time.
func (j *journey) noteBefore(until time.Time, often float64) {
	if at, fits := j.between(j.StageSince, until); fits && j.d.chance(often) {
		j.happens(j.byStaff(interest.Event{At: at, Kind: interest.EventNoted, Note: j.note()}))
	}
}

// troubles are what stands out in an open case: mail that does not arrive, a
// copy that is owed.
func (j *journey) troubles(now time.Time) {
	last := j.events[len(j.events)-1].At
	at, fits := j.between(last, now)
	switch {
	case fits && j.d.chance(.02):
		j.happens(j.byStaff(interest.Event{At: at, Kind: interest.EventBounced}))
		j.MailTrouble = interest.MailBounced
		j.changes(at)
	case j.d.chance(.01):
		j.MailTrouble = interest.MailRefused
	case fits && now.Sub(at) < 25*24*time.Hour && j.d.chance(.03):
		j.happens(interest.Event{At: at, Kind: interest.EventCopyAsked, ActorKind: audit.Returner})
		j.CopyAskedAt = &at
		j.changes(at)
	}
}

// ask gives the returner the turn.
func (j *journey) ask(at time.Time, q question) {
	by := j.w.calendar.after(interest.DayOf(at), 10)
	j.happens(j.byStaff(interest.Event{At: at, Kind: interest.EventAsked, Until: by, Note: q.message}))
	id, _ := uuid.NewRandomFromReader(j.d) // dice never end
	request := interest.Request{ID: id.String(), Message: q.message, AnswerBy: by, AskedAt: at}
	if q.step != "" {
		request.Steps = []string{q.step}
	}
	j.Requests = append(j.Requests, request)
	j.turns(interest.Returners, at)
}

// answer gives the turn back.
func (j *journey) answer(at time.Time, q question) {
	request := &j.Requests[len(j.Requests)-1]
	request.Reply, request.AnsweredAt = j.d.fill(pick(j.d, q.replies)), &at
	j.happens(interest.Event{At: at, Kind: interest.EventAnswered, ActorKind: audit.Returner, Note: request.Reply})
	j.turns(interest.Ours, at)
}

// hold lets the case wait until the day of a time.
func (j *journey) hold(at, until time.Time) {
	reason := interest.ReturnerAsked
	switch {
	case j.Stage == interest.FindingPlacement && j.d.chance(.7):
		reason = "waiting-for-placement"
	case j.Stage == interest.AppliedToRegister && j.d.chance(.7):
		reason = "waiting-for-regulator"
	case j.d.chance(.15):
		reason = "other"
	}
	event := j.byStaff(interest.Event{At: at, Kind: interest.EventHeld, Reason: reason, Until: interest.DayOf(until), Note: j.holdNote(reason)})
	if reason == interest.ReturnerAsked && j.d.chance(.5) {
		event.ActorKind, event.ActorID = audit.Returner, ""
	}
	j.happens(event)
	j.turns(interest.OnHold, at)
	j.HoldReason, j.HoldUntil = reason, event.Until
}

// resume lets it go on: the portal does so in the morning of the day.
func (j *journey) resume(at time.Time) {
	j.happens(interest.Event{At: at, Kind: interest.EventResumed, ActorKind: audit.System})
	j.turns(interest.Ours, at)
}

func (j *journey) turns(turn interest.Turn, at time.Time) {
	j.Turn, j.TurnSince = turn, at
	if turn != interest.OnHold {
		j.HoldReason, j.HoldUntil = "", updating.Date{}
	}
	j.changes(at)
}

// changes counts a change of the case itself; a note is none.
func (j *journey) changes(at time.Time) { j.Version, j.UpdatedAt = j.Version+1, at }

func (j *journey) happens(e interest.Event) { j.events = append(j.events, e) }

// byStaff names who has the case as the one who acts, or whoever was there.
func (j *journey) byStaff(e interest.Event) interest.Event {
	e.ActorKind, e.ActorID = audit.Staff, j.AssigneeID
	if e.ActorID == "" || j.d.chance(.1) {
		e.ActorID = pick(j.d, j.w.workers)
	}
	return e
}

// between is a time at which people work, between two others; false where there
// is none.
func (j *journey) between(from, until time.Time) (time.Time, bool) {
	days := int(until.Sub(from) / (24 * time.Hour))
	if days < 2 {
		return time.Time{}, false
	}
	day := j.w.calendar.after(interest.DayOf(from).AddDays(j.d.IntN(days)), 1)
	at := j.w.calendar.office(j.d, day)
	return at, at.After(from) && at.Before(until)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
