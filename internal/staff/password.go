package staff

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The length of a password, in characters.
const (
	MinPassword = 12
	MaxPassword = 128
)

// CheckPassword says what is wrong with a new password, as a full sentence, or
// "" when it may be used. The texts about its owner (name, email address) must
// not be what it is made of.
//
// Any characters are allowed. Refused are the roughly 22,000 common passwords
// that ship with the program, those with little added to one of them, and
// those made of a repeated or running pattern. The list is no substitute for
// the hundreds of millions of breached ones, which would not fit into it.
func CheckPassword(password string, about ...string) string {
	length := utf8.RuneCountInString(password)
	switch {
	case length == 0:
		return "Enter a password"
	case length < MinPassword:
		return fmt.Sprintf("Password must be %d characters or more", MinPassword)
	case length > MaxPassword:
		return fmt.Sprintf("Password must be %d characters or less", MaxPassword)
	case isCommon(password):
		return "Choose a password that is harder to guess: this one is among common passwords, or close to one"
	case isPattern(password):
		return "Choose a password that is harder to guess: this one is a repeated or running pattern"
	case isAbout(password, about):
		return "Choose a password that is not made of your name, your email address or the faculty’s name"
	}
	return ""
}

//go:embed common.txt
var commonText string

// common is read from the list at first use: most runs of the program, such
// as a migration, never check a password.
var common = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool, 25_000)
	for line := range strings.Lines(commonText) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			set[word] = true
		}
	}
	return set
})

// stretch is how many letters and digits a password must have beyond a common
// word to be more than that word.
const stretch = 6

// isCommon reports whether the password is a common one as it stands, with
// letters put back for the digits that stand in for them, or with only digits
// and signs around it.
func isCommon(password string) bool {
	lower := strings.ToLower(password)
	for _, form := range []string{lower, plainLetters(lower)} {
		core := strings.TrimFunc(form, func(r rune) bool { return !unicode.IsLetter(r) })
		if common()[form] || common()[core] || isCommonTwice(form) {
			return true
		}
	}
	// With digits for letters the ends may be letters by now: "p4ssw0rd2024".
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return common()[plainLetters(core)]
}

// isCommonTwice reports a common word written two or more times.
func isCommonTwice(s string) bool {
	for size := 4; size <= len(s)/2; size++ {
		if len(s)%size == 0 && strings.Repeat(s[:size], len(s)/size) == s && common()[s[:size]] {
			return true
		}
	}
	return false
}

// plainLetters puts letters back for the digits and signs that look like them.
func plainLetters(s string) string {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t",
		"@", "a", "$", "s", "!", "i").Replace(s)
}

// rows are what fingers run along; each counts in both directions.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'#", "zxcvbnm,./",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p",
}

// isPattern reports whether a password is fewer than 5 different characters,
// one short unit repeated, or made of runs along the alphabet or the keyboard.
func isPattern(password string) bool {
	lower := []rune(strings.ToLower(password))
	different := map[rune]bool{}
	for _, r := range lower {
		different[r] = true
	}
	return len(different) < 5 || isRepeated(lower) || runsCover(string(lower))
}

// isRepeated reports a unit of up to 4 characters written over and over.
func isRepeated(s []rune) bool {
	for size := 1; size <= 4; size++ {
		same := true
		for i := size; i < len(s) && same; i++ {
			same = s[i] == s[i-size]
		}
		if same {
			return true
		}
	}
	return false
}

// runsCover reports whether so much of s is runs of 4 or more that little is
// left to guess.
func runsCover(s string) bool {
	left := s
	for _, row := range rows {
		for _, line := range []string{row, backwards(row)} {
			for size := len(line); size >= 4; size-- {
				for start := 0; start+size <= len(line); start++ {
					left = strings.ReplaceAll(left, line[start:start+size], "")
				}
			}
		}
	}
	return left != s && utf8.RuneCountInString(left) < stretch
}

func backwards(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// ourWords are what anybody would try first here.
var ourWords = []string{"faculty", "portal", "lincolnshire", "password", "alliedhealth", "allied", "health", "ahp", "nhs"}

// isAbout reports whether a password without the words about its owner and
// about us has too little left.
func isAbout(password string, about []string) bool {
	words := slices.Clone(ourWords)
	for _, text := range about {
		words = append(words, strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
			return !unicode.IsLetter(r)
		})...)
	}
	lower := strings.ToLower(password)
	left := lower
	for _, word := range words {
		if utf8.RuneCountInString(word) >= 3 {
			left = strings.ReplaceAll(left, word, "")
		}
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, left)
	return left != lower && utf8.RuneCountInString(letters) < stretch
}
