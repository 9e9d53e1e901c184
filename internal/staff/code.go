package staff

import (
	"crypto/rand"
	"encoding/base32"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// What a code is: what every app for codes takes without being told.
const (
	codeDigits  = otp.DigitsSix
	codePeriod  = 30 // seconds
	secretBytes = 20 // as long as what SHA-1 gives, as RFC 4226 recommends
)

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// AppSecret is the secret that an app for codes shares with the portal, in the
// 32 letters and digits that people can type.
type AppSecret string

func newAppSecret() AppSecret {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	return AppSecret(secretText.EncodeToString(secret))
}

// Groups is the secret in groups of four, to read and to type.
func (s AppSecret) Groups() string { return inFours(string(s)) }

// Key is what a QR code tells an app: the secret, and what to call it.
func (s AppSecret) Key(issuer, email string) (*otp.Key, error) {
	plain, err := secretText.DecodeString(string(s))
	if err != nil {
		return nil, err
	}
	return totp.Generate(totp.GenerateOpts{
		Issuer: issuer, AccountName: email, Secret: plain, Period: codePeriod, Digits: codeDigits, Algorithm: otp.AlgorithmSHA1,
	})
}

// CodeAt is the code of the 30 seconds that a time is in.
func (s AppSecret) CodeAt(at time.Time) (string, error) {
	return hotp.GenerateCodeCustom(string(s), uint64(stepOf(at)), codeOptions)
}

var codeOptions = hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1}

// stepOf is the number of the 30 seconds that a time is in.
func stepOf(at time.Time) int64 { return at.Unix() / codePeriod }

// stepThat is the step whose code it is: this one, or the one before or after,
// for clocks that do not agree. Steps up to the last that was used are none.
func (s AppSecret) stepThat(code string, now time.Time, lastUsed int64) (step int64, right bool) {
	for step := stepOf(now) - 1; step <= stepOf(now)+1; step++ {
		ok, err := hotp.ValidateCustom(code, uint64(step), string(s), codeOptions)
		if err == nil && ok && step > lastUsed {
			return step, true
		}
	}
	return 0, false
}

// NormalCode is a code without the spaces that apps show it with.
func NormalCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.TrimSpace(code))
}

// How many recovery codes there are, and how long each is: 80 bits, so that
// their hashes need no salt and no slow function.
const (
	RecoveryCodes  = 10
	recoveryLength = 16
)

// newRecoveryCodes gives new codes, in groups of four.
func newRecoveryCodes() []string {
	codes := make([]string, RecoveryCodes)
	for i := range codes {
		codes[i] = inFours(rand.Text()[:recoveryLength])
	}
	return codes
}

// misread are the digits that no recovery code has, and what they were read from.
var misread = strings.NewReplacer("0", "O", "1", "I", "8", "B")

// recoveryHash is what is kept of a recovery code, however it is typed.
func recoveryHash(accountID, code string) []byte {
	return hashOf("recovery", accountID, misread.Replace(strings.ToUpper(NormalCode(code))))
}

func inFours(text string) string {
	var groups []string
	for ; len(text) > 4; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(append(groups, text), " ")
}

// RecoveryLeft says how many recovery codes are left, in words.
func RecoveryLeft(n int) string {
	switch n {
	case 0:
		return "None left"
	case 1:
		return "1 left"
	default:
		return strconv.Itoa(n) + " left"
	}
}
