package stafftest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"
)

// Key is a security key: it makes passkeys and answers with them, as a browser
// would hand it on.
type Key struct {
	Origin string // that the browser says it is at
	Signed uint32 // how often it has signed
	// Unverified has it skip the finger, face or PIN.
	Unverified bool

	secret *ecdsa.PrivateKey
	id     []byte
	handle []byte
}

// NewKey makes a key that is used at an origin and holds no passkey yet.
func NewKey(t testing.TB, origin string) *Key {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatalf("making a key: %v", err)
	}
	id := uuid.New()
	return &Key{Origin: origin, secret: secret, id: id[:]}
}

// Make makes a passkey as a page's options ask, and gives the answer.
func (k *Key) Make(t testing.TB, options string) string {
	t.Helper()
	var asked struct {
		Challenge string
		User      struct{ ID string }
	}
	mustRead(t, options, &asked)
	handle, err := base64.RawURLEncoding.DecodeString(asked.User.ID)
	if err != nil {
		t.Fatalf("reading a user handle: %v", err)
	}
	k.handle = handle
	point, err := k.secret.PublicKey.Bytes() // 4, x, y
	if err != nil {
		t.Fatalf("reading a public key: %v", err)
	}
	public := mustCBOR(t, map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	made := append(k.data(t, 0x40), make([]byte, 16)...)
	made = binary.BigEndian.AppendUint16(made, uint16(len(k.id)))
	made = append(append(made, k.id...), public...)
	return k.answer(t, map[string]any{
		"clientDataJSON":    k.client(t, "webauthn.create", asked.Challenge),
		"attestationObject": mustCBOR(t, map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": made}),
	})
}

// Use answers a page's options with the passkey.
func (k *Key) Use(t testing.TB, options string) string {
	t.Helper()
	var asked struct{ Challenge string }
	mustRead(t, options, &asked)
	k.Signed++
	data, client := k.data(t, 0), k.client(t, "webauthn.get", asked.Challenge)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.secret, sum[:])
	if err != nil {
		t.Fatalf("signing: %v", err)
	}
	return k.answer(t, map[string]any{
		"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": k.handle,
	})
}

// data is what the key says about itself.
func (k *Key) data(t testing.TB, flags byte) []byte {
	t.Helper()
	origin, err := url.Parse(k.Origin)
	if err != nil {
		t.Fatalf("reading the origin: %v", err)
	}
	site := sha256.Sum256([]byte(origin.Hostname()))
	flags |= 0x01 // somebody touched it
	if !k.Unverified {
		flags |= 0x04 // and showed who they are
	}
	return binary.BigEndian.AppendUint32(append(site[:], flags), k.Signed)
}

func (k *Key) client(t testing.TB, kind, challenge string) []byte {
	t.Helper()
	data, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	if err != nil {
		t.Fatalf("writing what the browser says: %v", err)
	}
	return data
}

// answer is what the page's script sends: bytes as base64url.
func (k *Key) answer(t testing.TB, response map[string]any) string {
	t.Helper()
	for name, value := range response {
		response[name] = base64.RawURLEncoding.EncodeToString(value.([]byte))
	}
	id := base64.RawURLEncoding.EncodeToString(k.id)
	text, err := json.Marshal(map[string]any{
		"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": map[string]any{},
	})
	if err != nil {
		t.Fatalf("writing an answer: %v", err)
	}
	return string(text)
}

func mustRead(t testing.TB, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("reading %q: %v", text, err)
	}
}

func mustCBOR(t testing.TB, value any) []byte {
	t.Helper()
	data, err := cbor.Marshal(value)
	if err != nil {
		t.Fatalf("writing CBOR: %v", err)
	}
	return data
}
