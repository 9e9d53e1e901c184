package interest

// Option is one choice of a closed list: the slug that is stored and the words
// that people read.
type Option struct {
	Slug  string
	Label string
	Hint  string // a sentence of help; mostly ""
}

// Label gives the words of a slug from a closed list, or the slug itself when
// the list no longer has it.
func Label(options []Option, slug string) string {
	for _, o := range options {
		if o.Slug == slug {
			return o.Label
		}
	}
	return slug
}

// Labels gives the words of several slugs, in the order of the list.
func Labels(options []Option, slugs []string) []string {
	var labels []string
	for _, o := range options {
		for _, slug := range slugs {
			if o.Slug == slug {
				labels = append(labels, o.Label)
			}
		}
	}
	return labels
}

// has reports whether the slug is in the list.
func has(options []Option, slug string) bool {
	for _, o := range options {
		if o.Slug == slug {
			return true
		}
	}
	return false
}

// hasAll reports whether every slug is in the list.
func hasAll(options []Option, slugs []string) bool {
	for _, slug := range slugs {
		if !has(options, slug) {
			return false
		}
	}
	return true
}

// The answers to a question of yes or no.
const (
	Yes = "yes"
	No  = "no"
)

// yesNo reports whether the answer is one of the two.
func yesNo(answer string) bool { return answer == Yes || answer == No }

// in reports whether one of several choices was made.
func in(slugs []string, slug string) bool {
	for _, s := range slugs {
		if s == slug {
			return true
		}
	}
	return false
}
