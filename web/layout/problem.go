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
		"Something in the request was not as we expect it.",
		"Go back and try again. If you typed the web address, check it is correct."},
	http.StatusForbidden: {"You cannot see this page",
		"Your account does not allow it, or the page was open for too long before it was sent.",
		"Go back, reload the page and try again. If you need this page for your work, ask a faculty lead."},
	http.StatusNotFound: {"Page not found",
		"There is no page at this web address.",
		"If you typed the web address, check it is correct. If you pasted it, check you copied all of it. You can also search the site, or start from the home page."},
	http.StatusMethodNotAllowed: {"This page cannot be used that way",
		"The web address is right, but it does not take this kind of request.",
		"Start from the home page."},
	http.StatusConflict: {"Somebody else changed this first",
		"It was changed after you opened the page, so we have not saved what you sent.",
		"Go back and reload the page to see what it says now, then make your change again."},
	http.StatusGone: {"This page is no longer here",
		"It was removed, or the link was used already or is out of date.",
		"If you followed a link in an email, ask for a new one. Otherwise start from the home page."},
	http.StatusRequestEntityTooLarge: {"That was too much to send at once",
		"What was sent is longer than this page takes.",
		"Go back, shorten your answer and try again."},
	http.StatusUnprocessableEntity: {"Something needs correcting",
		"We could not save what you sent.",
		"Go back and check your answers."},
	http.StatusTooManyRequests: {"Try again later",
		"There have been too many tries from your account or your network.",
		""},
	http.StatusServiceUnavailable: {"Sorry, the service is not available",
		"Something that this page needs is not working at the moment. Nothing that you saved before is lost.",
		""},
}

// unknown are the words for a fault of ours.
var unknown = words{"Sorry, there is a problem with the service",
	"Something went wrong that should not have. We have made a note of it.",
	"Try again in a few minutes. Nothing that you saved before is lost."}

// words are those of the problem's status, with the time to wait.
func (p ProblemDetails) words() words {
	w, ok := problems[p.Status]
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
	f.Title, f.NoIndex = p.words().title, true
	f.Breadcrumbs, f.Errors = nil, false
	return f
}
