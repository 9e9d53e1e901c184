// Package reference makes references that are easy to read out, and finds them
// however somebody writes them.
package reference

import (
	"fmt"
	"io"
	"strings"
)

// letters are the characters of a reference: none that looks like another (0
// and O, 1, I and L, U and V) and no vowel, so that none spells a word.
const letters = "23456789BCDFGHJKMNPQRSTVWXYZ"

// The shape of a reference, such as K7M-4XPD.
const (
	length = 7
	group  = 3
)

// New draws a reference: about 13 thousand million are possible. A prefix
// stands before it with a dash; it is a vowel or "", so that nobody takes it
// for a part of the reference.
func New(random io.Reader, prefix string) (string, error) {
	var drawn []byte
	// Bytes from here on would make the first letters likelier than the last.
	const fair = 256 - 256%len(letters)
	buffer := make([]byte, length)
	for len(drawn) < length {
		if _, err := io.ReadFull(random, buffer); err != nil {
			return "", fmt.Errorf("drawing a reference: %w", err)
		}
		for _, b := range buffer {
			if int(b) < fair && len(drawn) < length {
				drawn = append(drawn, letters[int(b)%len(letters)])
			}
		}
	}
	return shape(string(drawn), prefix), nil
}

// Normal is a reference as New made it, from the way somebody may write it:
// small letters, spaces, no dash, or without its prefix. Anything else is given
// back as it is, and found nowhere.
func Normal(s, prefix string) string {
	written := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(s))
	if len(written) > length {
		written = strings.TrimPrefix(written, prefix)
	}
	if len(written) != length || strings.Trim(written, letters) != "" {
		return s
	}
	return shape(written, prefix)
}

func shape(drawn, prefix string) string {
	shaped := drawn[:group] + "-" + drawn[group:]
	if prefix == "" {
		return shaped
	}
	return prefix + "-" + shaped
}
