package staff

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestCheckPasswordRefusesWhatIsEasyToGuess(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		"", "short", "elevenchars", strings.Repeat("correct-Horse-", 10),
		"passwordpassword", "Password12345!", "p4ssw0rd2024!!", "123456789012", "dragon!!!!!!!!", "qwertyuiopasdfgh",
		"aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "abcdefghijklmnop", "qwertyuiop12345", "1q2w3e4r5t6y7u8i",
		"Physiotherapist1", "lincolnshireAHP", "faculty-portal1", "maryam.hussain1", "Hussain-2026-nhs", "111111111111",
		"monkeymonkeymonkey",
	} {
		if got := CheckPassword(password, "Maryam Hussain", "maryam.hussain@example.nhs.uk"); got == "" {
			t.Errorf("CheckPassword(%q) = fine, want a reason against it", password)
		}
	}
}

func TestCheckPasswordAllowsAnyCharacters(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		"correct horse battery stable", "tall-otter-91-canal", "kV9#mm2!xqLp", "žluťoučký kůň úpěl",
		"密码要很长才安全所以写长一点", "maryam likes seven herons", strings.Repeat("ab3dE!x9", 16),
	} {
		if got := CheckPassword(password, "Maryam Hussain", "maryam.hussain@example.nhs.uk"); got != "" {
			t.Errorf("CheckPassword(%q) = %q, want it allowed", password, got)
		}
	}
}

func TestCommonPasswordsAreThere(t *testing.T) {
	t.Parallel()
	if got := len(common()); got < 20_000 {
		t.Errorf("the list has %d passwords, want 20,000 or more", got)
	}
}

func TestHashMatchesItsPasswordAlone(t *testing.T) {
	t.Parallel()
	h := newHasher()
	stored, err := h.hash(t.Context(), "tall-otter-91-canal")
	if err != nil {
		t.Fatalf("hash: %v", err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=65536,t=3,p=1$") {
		t.Errorf("hash = %q, want a PHC string of argon2id", stored)
	}
	for password, want := range map[string]bool{"tall-otter-91-canal": true, "tall-otter-91-Canal": false, "": false} {
		if got, err := h.matches(t.Context(), stored, password); err != nil || got != want {
			t.Errorf("matches(%q) = %v, %v, want %v", password, got, err, want)
		}
	}
	again, err := h.hash(t.Context(), "tall-otter-91-canal")
	if err != nil || again == stored {
		t.Errorf("a second hash = %v, %v, want another salt", again == stored, err)
	}
}

func TestNobodysPasswordNeverMatches(t *testing.T) {
	t.Parallel()
	if got, err := newHasher().matches(t.Context(), "", ""); err != nil || got {
		t.Errorf("matches without a hash = %v, %v, want false", got, err)
	}
}

func TestBrokenHashIsAnErrorThatDoesNotShowIt(t *testing.T) {
	t.Parallel()
	for _, stored := range []string{"plain-secret", "$argon2id$v=19$m=1$c2VjcmV0$c2VjcmV0", "$argon2id$v=19$m=64,t=1,p=1$c2VjcmV0$!secret", "$2a$10$secret$$"} {
		_, err := newHasher().matches(t.Context(), stored, "x")
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("matches(%q) = %v, want an error without the hash", stored, err)
		}
	}
}

func TestHashingStopsWaitingWithItsContext(t *testing.T) {
	t.Parallel()
	h := newHasher()
	if err := h.slots.Acquire(t.Context(), hashesAtOnce); err != nil {
		t.Fatalf("taking every slot: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, "tall-otter-91-canal"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hash with every slot taken = %v, want the deadline's error", err)
	}
}
