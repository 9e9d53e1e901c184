package staff

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// errSealed is what no secret opens: it was taken away, or the text belongs to
// somebody else.
var errSealed = errors.New("no secret of PORTAL_SECRETS opens it")

// seal encrypts what is kept for one account with the newest secret. What was
// sealed for one account or purpose opens for no other.
func (s *Store) seal(purpose, accountID string, plain []byte) ([]byte, error) {
	if len(s.Secrets) == 0 {
		return nil, errors.New("sealing: there is no secret")
	}
	box, err := chacha20poly1305.NewX(sealingKey(s.Secrets[0], purpose))
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	nonce := make([]byte, box.NonceSize(), box.NonceSize()+len(plain)+box.Overhead())
	_, _ = rand.Read(nonce) // never fails
	return box.Seal(nonce, nonce, plain, []byte(accountID)), nil
}

// open decrypts what seal made, with any of the secrets; newest says that it
// was the newest.
func (s *Store) open(purpose, accountID string, sealed []byte) (plain []byte, newest bool, err error) {
	for i, secret := range s.Secrets {
		box, err := chacha20poly1305.NewX(sealingKey(secret, purpose))
		if err != nil {
			return nil, false, fmt.Errorf("opening what is sealed: %w", err)
		}
		if len(sealed) < box.NonceSize() {
			break
		}
		nonce, text := sealed[:box.NonceSize()], sealed[box.NonceSize():]
		if plain, err := box.Open(nil, nonce, text, []byte(accountID)); err == nil {
			return plain, i == 0, nil
		}
	}
	return nil, false, fmt.Errorf("opening what is sealed for account %s: %w", accountID, errSealed)
}

// formPurpose is what forms are sealed for that came too late.
const formPurpose = "late form"

// SealForm encrypts what somebody typed until they have signed in again.
func (s *Store) SealForm(accountID string, plain []byte) ([]byte, error) {
	return s.seal(formPurpose, accountID, plain)
}

// OpenForm decrypts what SealForm made for the account.
func (s *Store) OpenForm(accountID string, sealed []byte) ([]byte, error) {
	plain, _, err := s.open(formPurpose, accountID, sealed)
	return plain, err
}

// sealingKey is the key of one purpose: the secrets sign forms too, and one key
// serves one end.
func sealingKey(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "portal staff "+purpose, chacha20poly1305.KeySize)
	if err != nil {
		panic(err) // only a key that is too long for the hash
	}
	return key
}
