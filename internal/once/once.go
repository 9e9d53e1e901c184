// Package once makes the keys by which a form that is sent twice is known.
package once

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Key is what a form is known by: its nonce with what it says. The same form
// with the same words is a repeat; with other words, after Back, it is another
// form, which must not be taken for done. Without a nonce it is "".
func Key(nonce string, said ...string) string {
	if nonce == "" {
		return ""
	}
	sum := sha256.New()
	for _, part := range append([]string{nonce}, said...) {
		fmt.Fprintf(sum, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// tokenLength is in characters of 4 bits each.
const tokenLength = 32

// Token is what somebody finds again by what they sent: the same for a form
// that is sent twice, and nobody else's to guess, because the nonce is. Only
// its hash is stored.
func Token(nonce string, said ...string) string {
	key := Key(nonce, said...)
	return key[:min(len(key), tokenLength)]
}

// HashOf is a token as it is stored.
func HashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
