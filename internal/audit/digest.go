package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// record is a row with what places it among the sealed ones.
type record struct {
	Row
	Era int
	Xid int64 // of the transaction that added it
}

// digest is the SHA-256 of all that a row holds, as audit_digest makes it.
func (r record) digest() []byte {
	return sum(
		strconv.Itoa(r.Era), number(r.Xid), number(r.ID), micros(r.At),
		r.ActorKind, r.ActorID, r.Action, r.SubjectKind, r.SubjectID, r.Outcome, r.RequestID, r.Detail)
}

// seal is one seal of the chain.
type seal struct {
	Sequence  int64
	Era       int
	Xid       int64
	ID        int64 // with Era and Xid, the last row that it seals
	Rows      int
	IDs       []int64
	Digests   [][]byte
	Content   []byte
	Hash      []byte
	SealedAt  time.Time
	EmptiedAt *time.Time
}

// hash is the SHA-256 of a seal and the hash before it, as audit_seal_hash
// makes it.
func (s seal) hash(before []byte) []byte {
	return sum(
		hex.EncodeToString(before), number(s.Sequence), strconv.Itoa(s.Era), number(s.Xid), number(s.ID),
		strconv.Itoa(s.Rows), hex.EncodeToString(s.Content), micros(s.SealedAt))
}

// whole reports whether the digests are those that the seal was made of.
func (s seal) whole() bool {
	content := sha256.Sum256(bytes.Join(s.Digests, nil))
	return len(s.Digests) == s.Rows && len(s.IDs) == s.Rows && bytes.Equal(content[:], s.Content)
}

// sum is the SHA-256 of texts, each with its length before it: nothing can move
// from one to the next without changing the sum.
func sum(parts ...string) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part + ","))
	}
	return h.Sum(nil)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// micros is a time as Postgres keeps it.
func micros(t time.Time) string { return number(t.UnixMicro()) }

const selectRecords = `
	select era, xid::text::bigint as xid, id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id, detail
	from audit_event`

const selectSeals = `
	select sequence, era, xid::text::bigint as xid, id, rows, ids, digests, content, hash, sealed_at, emptied_at
	from audit_seal`
