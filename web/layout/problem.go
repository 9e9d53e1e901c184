package layout

import "net/http"

// ProblemDetails is what an error page has to say.
type ProblemDetails struct {
	Status    int
	RequestID string
	Wait      string // how long to wait, in words; "" when it is not known
}

// words are the title of an error page, what happened, and what to do about it.
type words struct{ title, happened, next string }

// problems are the words for each status.
var problems = map[int]words{
	http.StatusBadRequest: {"We could not read what was sent",
		"The web address, or what was sent to it, has something in it that this page does not take.",
		"If you typed or changed the web address, check it is correct. Otherwise go back and try again."},
	http.StatusForbidden: {"We could not take what you sent",
		"The page was open for too long before you sent it, or your browser did not send its cookies.",
		"Go back, reload the page and send it again. What you saved before is not lost."},
	http.StatusNotFound: {"Page not found",
		"There is no page at this web address.",
		"If you typed the web address, check it is correct. If you pasted it, check you copied all of it. You can also search the site, or start from the home page."},
	http.StatusMethodNotAllowed: {"This address does not work that way",
		"You opened an address that only a form can be sent to, or sent a form to a page that takes none. Nothing was changed.",
		"Go back to the page that you came from, or start again from the page below."},
	http.StatusConflict: {"Somebody else changed this first",
		"It was changed after you opened the page, so we have not saved what you sent.",
		"Go back and reload the page to see what it says now, then make your change again."},
	http.StatusGone: {"This page is no longer here",
		"It was removed, or the link was used already or is out of date.",
		"If you followed a link in an email, ask for a new one. Otherwise start from the home page."},
	http.StatusRequestEntityTooLarge: {"That was too much to send at once",
		"What you sent is longer than this page takes, so we have not saved it.",
		"Go back: what you entered should still be in the page. Shorten it, then send it again."},
	http.StatusUnprocessableEntity: {"Something needs correcting",
		"We could not save what you sent.",
		"Go back and check your answers."},
	http.StatusTooManyRequests: {"Try again later",
		"This was tried too often in a short time, from your account or your network, so we did not do it.",
		""},
	http.StatusServiceUnavailable: {"Sorry, the service is not available",
		"Something that this page needs is not working at the moment. Nothing that you saved before is lost.",
		""},
}

// staffProblems are those words that differ in the staff area, where people
// have accounts.
var staffProblems = map[int]words{
	http.StatusForbidden: {"You are not allowed to do this",
		"Your account does not allow it, you are no longer signed in, or the page was open for too long before you sent it. Nothing was changed.",
		"Go back and reload the page; you may have to sign in again. If you need this for your work, ask a faculty lead."},
	http.StatusNotFound: {"Page not found",
		"There is no page at this web address.",
		"Check the web address and that you copied all of it, or start again from the staff area."},
	http.StatusTooManyRequests: {"Try again later",
		"There were too many tries with a password, or for a new link, from your network or for one account. The account is not closed.",
		""},
}

// unknown are the words for a fault of ours.
var unknown = words{"Sorry, there is a problem with the service",
	"Something went wrong that should not have. We have made a note of it.",
	"Try again in a few minutes. Nothing that you saved before is lost."}

// words are those of the problem's status, with the time to wait.
func (p ProblemDetails) words(f Frame) words {
	w, ok := staffProblems[p.Status]
	if !ok || !f.inStaffArea() {
		w, ok = problems[p.Status]
	}
	if !ok {
		return unknown
	}
	if w.next == "" {
		w.next = "Try again in a few minutes."
		if p.Wait != "" {
			w.next = "Try again in " + p.Wait + "."
		}
	}
	return w
}

// inStaffArea reports whether the page belongs to the staff area.
func (f Frame) inStaffArea() bool { return f.isIn("/admin") }

// forProblem names the page after the problem; it is not for search engines.
func (f Frame) forProblem(p ProblemDetails) Frame {
	f.Title, f.NoIndex = p.words(f).title, true
	f.Breadcrumbs, f.Errors = nil, false
	return f
}
