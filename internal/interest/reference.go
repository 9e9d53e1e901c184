package interest

import (
	"fmt"
	"io"
	"strings"
)

// referenceLetters are the characters of a reference: none that looks like
// another (0 and O, 1, I and L, U and V) and no vowel, so that none spells a
// word.
const referenceLetters = "23456789BCDFGHJKMNPQRSTVWXYZ"

// The shape of a reference, such as K7M-4XPD.
const (
	referenceLength = 7
	referenceGroup  = 3
)

// newReference draws a reference: about 13 thousand million are possible.
func newReference(random io.Reader) (string, error) {
	var letters []byte
	// Bytes from here on would make the first letters likelier than the last.
	const fair = 256 - 256%len(referenceLetters)
	buffer := make([]byte, referenceLength)
	for len(letters) < referenceLength {
		if _, err := io.ReadFull(random, buffer); err != nil {
			return "", fmt.Errorf("drawing a reference: %w", err)
		}
		for _, b := range buffer {
			if int(b) < fair && len(letters) < referenceLength {
				letters = append(letters, referenceLetters[int(b)%len(referenceLetters)])
			}
		}
	}
	return string(letters[:referenceGroup]) + "-" + string(letters[referenceGroup:]), nil
}

// NormalReference is a reference as it is stored, from the way somebody may
// write it: small letters, spaces or no dash. Anything else is given back as
// it is, and found nowhere.
func NormalReference(s string) string {
	letters := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(s))
	if len(letters) != referenceLength || strings.Trim(letters, referenceLetters) != "" {
		return s
	}
	return letters[:referenceGroup] + "-" + letters[referenceGroup:]
}
