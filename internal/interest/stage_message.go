package interest

import "slices"

// StageMessage is what a returner is told by mail when their case comes to a
// stage, in plain words. The mail adds whom it is for, the reference and how to
// contact the faculty.
type StageMessage struct {
	Stage    Stage
	Reason   string   // a slug of the stage's reasons; "" for every one, or for none
	Subject  string   // the reference follows it
	Says     []string // paragraphs
	NextName string   // the heading above Next
	Next     []string // what happens next, or what they can do
}

const (
	happensNext = "What happens next"
	canDo       = "What you can do"
)

// declined stands above every refusal, which is never the end of the way back.
const declined = "About your expression of interest"

// stageMessages are the messages of the stages that have one. Received has its
// own confirmation. In review and applied to the regulator are steps that the
// returner does not wait for, contacted means that somebody rang or wrote
// already, and a form that is not genuine comes from nobody who should be
// written to.
var stageMessages = []StageMessage{
	{Stage: FindingPlacement, Subject: "We are looking for a placement for you",
		Says:     []string{"We are now looking for a placement where you can do your updating."},
		NextName: happensNext, Next: []string{
			"We contact you when we have something to suggest, or a question.",
			"You can look for a placement yourself too. Tell us if you find one.",
			"Tell us if what you are looking for changes, such as your hours or how far you can travel.",
		}},
	{Stage: Updating, Subject: "You are now updating",
		Says:     []string{"We have noted that you have started your updating. We hope that it goes well."},
		NextName: happensNext, Next: []string{
			"Write down what you do and when, from the first day. Your regulator says what your application must show.",
			"Tell us soon if something does not go well, or if you need a pause.",
			"When your updating is complete, you apply to your regulator. Your regulator decides about your registration.",
		}},
	{Stage: Returned, Subject: "Congratulations on your return to practice",
		Says:     []string{"Congratulations on your return to practice, and thank you for coming back.", "Your case with us is now complete."},
		NextName: canDo, Next: []string{
			"Tell us what helped you and what did not. It helps whoever comes after you.",
			"Contact us if there is anything that we can still help with.",
		}},
	{Stage: Declined, Reason: "outside-area", Subject: declined,
		Says:     []string{"Thank you for telling us about yourself. We are sorry: we cannot go on with your expression of interest, because it is outside the area that we cover."},
		NextName: canDo, Next: []string{
			"Ask the NHS organisations near you, or where you want to work, whether they help people to return.",
			"Look at your regulator’s website. Its rules for returning are the same wherever you live.",
			"Tell us if you can work in our area after all. We then look at it again.",
		}},
	{Stage: Declined, Reason: "another-route", Subject: declined,
		Says:     []string{"Thank you for telling us about yourself. From what we know, another route back suits you better than the one that we can offer, so we do not go on with your expression of interest."},
		NextName: canDo, Next: []string{
			"Look at your regulator’s website. It says which routes there are and what each asks for.",
			"Contact us if you want to talk about which route is yours.",
		}},
	{Stage: Declined, Reason: "no-capacity", Subject: declined,
		Says:     []string{"Thank you for telling us about yourself. We are sorry: we cannot offer you a placement at present, so we do not go on with your expression of interest for now. This says nothing about you or your skills."},
		NextName: canDo, Next: []string{
			"Ask other employers near you whether they have a placement.",
			"Look at your regulator’s website to see which other ways of updating count.",
			"Contact us if you want us to look again later.",
		}},
	{Stage: Declined, Reason: "duplicate", Subject: "We have another form from you",
		Says:     []string{"We have more than one form from you. We go on with the other one, and ended this one so that nothing is done twice."},
		NextName: canDo, Next: []string{
			"You do not need to do anything.",
			"Contact us if the other form is not yours, or if this one is the right one.",
		}},
	{Stage: Declined, Reason: "other", Subject: declined,
		Says:     []string{"Thank you for telling us about yourself. We are sorry: we cannot go on with your expression of interest."},
		NextName: canDo, Next: []string{
			"Contact us if you want to know more about why, or to talk about what else you could do.",
			"Look at your regulator’s website, which says how people return to practice.",
		}},
	{Stage: Withdrawn, Subject: "Your expression of interest is withdrawn",
		Says:     []string{"We have noted that you do not want to go on with your return to practice with us. Thank you for your interest."},
		NextName: canDo, Next: []string{
			"You do not need to do anything.",
			"Contact us if this is not right, or if you change your mind. We can then open it again.",
		}},
	{Stage: Closed, Subject: "We have closed your expression of interest",
		Says:     []string{"We tried to reach you about your expression of interest and heard nothing, so we closed it."},
		NextName: canDo, Next: []string{
			"If you still want to return, write to us and we open it again.",
			"If you do not, you do not need to do anything.",
		}},
}

// StageMessages gives every message, in the order of the stages.
func StageMessages() []StageMessage { return slices.Clone(stageMessages) }

// MessageOf gives the message for a move to a stage with a reason; false where
// the returner is told nothing.
func MessageOf(to Stage, reason string) (StageMessage, bool) {
	for _, m := range stageMessages {
		if m.Stage == to && (m.Reason == "" || m.Reason == reason) {
			return m, true
		}
	}
	return StageMessage{}, false
}

// MessagesFrom gives the messages of the moves from a stage.
func MessagesFrom(from Stage) []StageMessage {
	var list []StageMessage
	for _, to := range moves[from] {
		for _, m := range stageMessages {
			if m.Stage == to {
				list = append(list, m)
			}
		}
	}
	return list
}
