package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Head is the last seal of the chain, as somebody writes it down elsewhere.
type Head struct {
	Sequence int64 // 0 while nothing is sealed
	Hash     []byte
}

// String is the head as ParseHead reads it: 12:5f3c….
func (h Head) String() string { return number(h.Sequence) + ":" + hex.EncodeToString(h.Hash) }

// ParseHead reads what String wrote; anything else is an Invalid fault.
func ParseHead(text string) (Head, error) {
	sequence, hash, _ := strings.Cut(text, ":")
	var h Head
	var err error
	if h.Sequence, err = strconv.ParseInt(sequence, 10, 64); err == nil {
		h.Hash, err = hex.DecodeString(hash)
	}
	if err != nil || h.Sequence < 1 || len(h.Hash) != 32 {
		return Head{}, fmt.Errorf("reading the head of a chain, which looks like 12:5f3c…: %w", fault.Invalid)
	}
	return h, nil
}

// Finding is one thing that is not as it was sealed.
type Finding struct {
	Seal int64
	Row  int64 // 0 where it is about the seal
	What string
}

// String is the finding as a line: seal 3, row 17: was changed.
func (f Finding) String() string {
	if f.Row == 0 {
		return fmt.Sprintf("seal %d %s", f.Seal, f.What)
	}
	return fmt.Sprintf("seal %d, row %d %s", f.Seal, f.Row, f.What)
}

// Report is what verifying came to.
type Report struct {
	Seals    int64
	Rows     int64 // that are sealed and kept
	Emptied  int64 // seals whose rows had their time
	SealedAt time.Time
	Head     Head
	Unsealed int64      // rows after the last seal
	Oldest   *time.Time // of those; nil where there are none
	Findings int
}

// sealsAtOnce is how many seals are read before their rows: what verifying
// holds in memory.
const sealsAtOnce = 50

// leastKept is how long a sealed row is kept at least, in months: the database
// lets nobody choose less.
const leastKept = 24

// Verify reads every seal and every sealed row, as they are at one moment, and
// tells found of each that is not as it was sealed. With an expected head, which
// an earlier run gave, it finds a chain whose end was cut off or made anew too.
func Verify(ctx context.Context, db postgres.DB, expect Head, found func(Finding)) (Report, error) {
	v := verifier{expect: expect, found: found}
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		// As many rows as there are take as long as they take.
		if _, err := tx.Exec(ctx, `set transaction isolation level repeatable read, read only; set local statement_timeout = 0`); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `select now()`).Scan(&v.now); err != nil {
			return err
		}
		if err := v.chain(ctx, tx); err != nil {
			return err
		}
		v.cut()
		return tx.QueryRow(ctx, `select count(*), min(at) from audit_event where `+after,
			v.last.Era, number(v.last.Xid), v.last.ID).Scan(&v.report.Unsealed, &v.report.Oldest)
	})
	if err != nil {
		return Report{}, fmt.Errorf("verifying the audit: %w", err)
	}
	return v.report, nil
}

// after and upTo choose rows by where they stand among the sealed ones.
const (
	after = `(era, xid, id) > ($1, $2::text::xid8, $3)`
	upTo  = `(era, xid, id) <= ($4, $5::text::xid8, $6)`
)

// verifier walks along the chain.
type verifier struct {
	expect Head
	found  func(Finding)
	now    time.Time
	last   seal // that was checked
	met    bool // the expected seal
	report Report
}

func (v *verifier) chain(ctx context.Context, tx pgx.Tx) error {
	for {
		seals, err := postgres.List[seal](ctx, tx, selectSeals+` where sequence > $1 order by sequence limit $2`, v.last.Sequence, sealsAtOnce)
		if err != nil || len(seals) == 0 {
			return err
		}
		if err := v.stretch(ctx, tx, seals); err != nil {
			return err
		}
	}
}

// stretch checks a few seals and the rows between the one before them and the
// last of them.
func (v *verifier) stretch(ctx context.Context, tx pgx.Tx, seals []seal) error {
	end := seals[len(seals)-1]
	rows, err := tx.Query(ctx, selectRecords+` where `+after+` and `+upTo+` order by era, xid, id`,
		v.last.Era, number(v.last.Xid), v.last.ID, end.Era, number(end.Xid), end.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	b := v.open(seals[0])
	for rows.Next() {
		var r record
		if err := rows.Scan(&r.Era, &r.Xid, &r.ID, &r.At, &r.ActorKind, &r.ActorID, &r.Action, &r.SubjectKind, &r.SubjectID, &r.Outcome, &r.RequestID, &r.Detail); err != nil {
			return err
		}
		for len(seals) > 1 && !r.within(seals[0]) {
			v.close(b)
			seals = seals[1:]
			b = v.open(seals[0])
		}
		v.row(b, r)
	}
	v.close(b)
	for _, s := range seals[1:] {
		v.close(v.open(s))
	}
	return rows.Err()
}

// within reports whether a row does not stand after a seal's last one.
func (r record) within(s seal) bool {
	if r.Era != s.Era {
		return r.Era < s.Era
	}
	if r.Xid != s.Xid {
		return r.Xid < s.Xid
	}
	return r.ID <= s.ID
}

// opened is a seal whose rows are being read.
type opened struct {
	seal   seal
	digest map[int64][]byte // of the rows that were not met yet
	torn   bool             // what it says of its rows is not what it sealed
	gap    bool             // the seals before it are missing
	stray  int64            // rows that stand in no seal, because theirs is missing
}

func (v *verifier) tell(s seal, row int64, what string) {
	v.report.Findings++
	v.found(Finding{Seal: s.Sequence, Row: row, What: what})
}

// open checks a seal itself.
func (v *verifier) open(s seal) *opened {
	b := &opened{seal: s, digest: map[int64][]byte{}, gap: s.Sequence != v.last.Sequence+1}
	if !b.gap && !bytes.Equal(s.hash(v.last.Hash), s.Hash) {
		v.tell(s, 0, "was changed, or the hash of the one before it was")
	}
	if s.EmptiedAt != nil {
		if s.EmptiedAt.Before(s.SealedAt.AddDate(0, leastKept, 0)) || s.EmptiedAt.After(v.now) {
			v.tell(s, 0, "was emptied before its rows had had their time")
		}
		v.report.Emptied++
	} else if b.torn = !s.whole(); b.torn {
		v.tell(s, 0, "was changed: what it says of its rows is not what was sealed")
	} else {
		for i, id := range s.IDs {
			b.digest[id] = s.Digests[i]
		}
	}
	if v.expect.Sequence == s.Sequence {
		v.met = true
		if !bytes.Equal(v.expect.Hash, s.Hash) {
			v.tell(s, 0, "is not the one that was expected: the chain was made anew")
		}
	}
	return b
}

// row checks a row that stands where a seal's rows do.
func (v *verifier) row(b *opened, r record) {
	sealed, known := b.digest[r.ID]
	switch {
	case known && bytes.Equal(sealed, r.digest()):
		v.report.Rows++
	case known:
		v.tell(b.seal, r.ID, "was changed")
	case b.gap:
		b.stray++
	case !b.torn:
		v.tell(b.seal, r.ID, "was added after the seal was made")
	}
	delete(b.digest, r.ID)
}

// close tells of the rows of a seal that were not met, and of missing seals.
func (v *verifier) close(b *opened) {
	if b.gap {
		v.tell(b.seal, 0, fmt.Sprintf("follows seal %d: those between are missing, and %d rows are in no seal", v.last.Sequence, b.stray))
	}
	for _, id := range b.seal.IDs {
		if _, missing := b.digest[id]; missing {
			v.tell(b.seal, id, "is missing")
		}
	}
	v.report.Seals++
	v.report.SealedAt, v.report.Head = b.seal.SealedAt, Head{Sequence: b.seal.Sequence, Hash: slices.Clone(b.seal.Hash)}
	v.last = b.seal
}

// cut tells of an expected seal that the chain does not come to.
func (v *verifier) cut() {
	if v.expect.Sequence > 0 && !v.met {
		v.tell(seal{Sequence: v.expect.Sequence}, 0, fmt.Sprintf("was expected, and the chain ends at seal %d: its end was cut off", v.last.Sequence))
	}
}
