// Package applyview holds the pages of the returner's form.
package applyview

import "ahpfaculty/internal/interest"

// StartURL is the page that the form begins with.
func StartURL() string { return "/apply" }

// TasksURL is the list of the form's sections.
func TasksURL() string { return "/apply/tasks" }

// StepURL is the page of one step.
func StepURL(slug string) string { return "/apply/" + slug }

// ChangeURL is the page of one step for somebody who comes from the page of all
// answers and goes back there.
func ChangeURL(slug string) string { return StepURL(slug) + "?" + FromField + "=" + FromCheck }

// CheckURL is the page of all answers, from which the form is sent.
func CheckURL() string { return StepURL(interest.CheckSlug) }

// CarryURL takes the answers of the days calculator into the form, by POST.
func CarryURL() string { return "/apply/carry" }

// SentURL is the page that confirms that the form was sent.
func SentURL() string { return "/apply/sent" }

// SaveURL asks where to send a link back to the form.
func SaveURL() string { return "/apply/save" }

// SavedURL says that a link is on its way.
func SavedURL() string { return "/apply/save/sent" }

// LinkURL asks for the email address of somebody who lost the way to their form.
func LinkURL() string { return "/apply/link" }

// LinkSentURL says the same whether or not there is a form of that address.
func LinkSentURL() string { return "/apply/link/sent" }

// ResumeURL is the page of a one-time link, whose one button opens the form.
func ResumeURL(token string) string { return "/apply/resume/" + token }

// LeaveURL is the way out on a device that others use.
func LeaveURL() string { return "/apply/leave" }

// LeftURL says that this device no longer has the form.
func LeftURL() string { return "/apply/left" }

// FindTrackURL asks for the email address of somebody who lost the link by
// which they follow what they sent.
func FindTrackURL() string { return "/track" }

// TrackSentURL says the same whether or not that address sent anything.
func TrackSentURL() string { return "/track/sent" }

// TrackURL is where a returner sees where their expression of interest stands.
func TrackURL(token string) string { return "/track/" + token }

// ReplyURL is where they answer what they were asked.
func ReplyURL(token string) string { return TrackURL(token) + "/answer" }

// ReplyStepURL is one question of the form that they were asked again.
func ReplyStepURL(token, slug string) string { return ReplyURL(token) + "/" + slug }

// DetailsURL is where they correct their contact details.
func DetailsURL(token string) string { return TrackURL(token) + "/details" }

// NewEmailURL is where they give another email address.
func NewEmailURL(token string) string { return TrackURL(token) + "/email" }

// NewEmailSentURL says that the new address was asked.
func NewEmailSentURL(token string) string { return NewEmailURL(token) + "/sent" }

// ConfirmURL is the page of the link that confirms it.
func ConfirmURL(token string) string { return "/track/confirm/" + token }

// PauseURL is where they ask for time.
func PauseURL(token string) string { return TrackURL(token) + "/pause" }

// GoOnURL ends the pause, by POST.
func GoOnURL(token string) string { return TrackURL(token) + "/go-on" }

// WithdrawURL is where they withdraw.
func WithdrawURL(token string) string { return TrackURL(token) + "/withdraw" }

// CopyURL is where they ask for a copy of their data.
func CopyURL(token string) string { return TrackURL(token) + "/copy" }

// GuideURL is the public guide to returning to practice.
func GuideURL() string { return "/return-to-practice" }

// PrivacyURL is the public privacy notice.
func PrivacyURL() string { return "/privacy" }

// ContactURL is the public page of how to reach the faculty.
func ContactURL() string { return "/contact" }

// The hidden fields of a question's form, beside the form key.
const (
	// VersionField carries the version of the answer that the page showed.
	VersionField = "version"
	// FromField says where the person came from; it is also in the query.
	FromField = "from"
	// FromCheck is the value of FromField for the page of all answers.
	FromCheck = "check"
)
