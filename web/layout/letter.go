package layout

// Letter is a mail that development kept instead of sending.
type Letter struct {
	Href    string
	To      string
	Subject string
	Text    string
	At      string // date and time, UTC
}

// titled is the frame of a page with a title.
func titled(f Frame, title string) Frame {
	f.Title = title
	return f
}
