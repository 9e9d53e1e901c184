package once_test

import (
	"bytes"
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

func TestATokenIsTheSameForARepeatAndItsHashHidesIt(t *testing.T) {
	t.Parallel()
	token := once.Token("nonce", "a")
	if again := once.Token("nonce", "a"); again != token || len(token) != 32 {
		t.Errorf("Token = %q and %q, want the same of 32 characters", token, again)
	}
	if other := once.Token("another", "a"); other == token || once.Token("", "a") != "" {
		t.Errorf("Token of another form = %q, want another, and none without a nonce", other)
	}
	if bytes.Contains(once.HashOf(token), []byte(token)) || !bytes.Equal(once.HashOf(token), once.HashOf(token)) {
		t.Error("HashOf shows the token, or differs")
	}
}
