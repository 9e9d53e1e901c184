package once_test

import (
	"testing"

	"ahpfaculty/internal/once"
)

func TestOnlyTheSameFormWithTheSameWordsIsARepeat(t *testing.T) {
	t.Parallel()
	key := once.Key("nonce", "a", "b")
	if again := once.Key("nonce", "a", "b"); again != key {
		t.Error("Key of the same form differs, want the same")
	}
	for _, other := range []string{once.Key("another", "a", "b"), once.Key("nonce", "ab", ""), once.Key("nonce", "a"), once.Key("nonce", "b", "a")} {
		if other == key {
			t.Error("Key of another form is the same, want another")
		}
	}
	if got := once.Key("", "a"); got != "" {
		t.Errorf("Key without a nonce = %q, want none", got)
	}
}
