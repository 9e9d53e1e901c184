package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// What one hash costs: the second recommended choice of RFC 9106 with one
// lane, because requests are many and cores are few.
const (
	hashPasses = 3
	hashKiB    = 64 * 1024
	hashLanes  = 1
	hashBytes  = 32
	saltBytes  = 16
)

// hashesAtOnce bounds the memory and the cores that sign-ins can take.
const hashesAtOnce = 2

// hashing is one for the whole program, however many stores there are: the
// memory and the cores that it bounds are the program's.
var hashing = newHasher()

// hasher makes and checks argon2id hashes, few at a time.
type hasher struct {
	slots *semaphore.Weighted
}

func newHasher() *hasher { return &hasher{slots: semaphore.NewWeighted(hashesAtOnce)} }

// cost is what a stored hash was made with.
type cost struct {
	passes, kib uint32
	lanes       uint8
}

// hash gives a password's hash as a PHC string.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	// It never fails: the program ends where the system has no randomness.
	_, _ = rand.Read(salt)
	sum, err := h.derive(ctx, password, salt, cost{hashPasses, hashKiB, hashLanes}, hashBytes)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashKiB, hashPasses, hashLanes,
		encode(salt), encode(sum)), nil
}

// matches compares a password with a stored hash. Without one ("") it takes as
// long and says no, so that time does not tell who has an account.
func (h *hasher) matches(ctx context.Context, stored, password string) (bool, error) {
	if stored == "" {
		_, err := h.derive(ctx, password, make([]byte, saltBytes), cost{hashPasses, hashKiB, hashLanes}, hashBytes)
		return false, err
	}
	made, err := parseHash(stored)
	if err != nil {
		return false, err
	}
	got, err := h.derive(ctx, password, made.salt, made.cost, uint32(len(made.sum)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, made.sum) == 1, nil
}

// derive waits for a free slot or for the context's end. The password is
// normalised, because keyboards write one letter in different ways.
func (h *hasher) derive(ctx context.Context, password string, salt []byte, c cost, size uint32) ([]byte, error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("waiting to hash a password: %w", err)
	}
	defer h.slots.Release(1)
	// What a hash was made in is garbage at once. Left for later, it has whatever
	// runs next take as much again before anybody looks.
	defer runtime.GC()
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.kib, c.lanes, size), nil
}

// storedHash is a PHC string, taken apart.
type storedHash struct {
	cost cost
	salt []byte
	sum  []byte
}

// parseHash reads a PHC string. Its error never holds the string.
func parseHash(stored string) (storedHash, error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return storedHash{}, errors.New("stored password hash is of another kind")
	}
	var h storedHash
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.cost.kib, &h.cost.passes, &h.cost.lanes); err != nil {
		return storedHash{}, errors.New("stored password hash has no cost")
	}
	var saltErr, sumErr error
	h.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	h.sum, sumErr = base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(h.sum) == 0 {
		return storedHash{}, errors.New("stored password hash cannot be read")
	}
	return h, nil
}
