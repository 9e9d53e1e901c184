package interest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
)

// Errors of links.
var (
	errLinkGone = fmt.Errorf("a link that was used, has expired or never was: %w", fault.Gone)
	errNoEmail  = fmt.Errorf("a draft without an email address: %w", fault.Conflict)
)

// AskLink owes the owner of a draft a mail with a link back to it, and keeps
// the address that they gave for that. Asking too often is a *fault.WaitError
// of kind Limited; a sent draft gives ErrSent.
func (s *Store) AskLink(ctx context.Context, draftID, email string, from netip.Addr) error {
	if err := s.countAsking(ctx, "draft-link", email, from); err != nil {
		return err
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		draft, err := s.readDraft(ctx, tx, draftID, "for update")
		if err != nil {
			return err
		}
		if draft.Sent() {
			return ErrSent
		}
		if err := readdress(ctx, tx, draft, NormalEmail(email)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update draft set email = $2 where id = $1`, draftID, NormalEmail(email)); err != nil {
			return err
		}
		return s.Outbox.Enqueue(ctx, tx, mail.DraftLink, draftID)
	})
	if err != nil {
		return fmt.Errorf("asking for a link to draft %s: %w", draftID, err)
	}
	return nil
}

// readdress ends the links that are not used yet when another address is given
// than the one that they were sent to: that one may have been typed wrongly.
func readdress(ctx context.Context, tx pgx.Tx, saved Draft, email string) error {
	if email == saved.Email {
		return nil
	}
	_, err := tx.Exec(ctx, `delete from draft_link where draft_id = $1 and used_at is null`, saved.ID)
	return err
}

// FindLinks owes an address mails with links to the newest drafts that gave
// it, if there are any: the answer is the same where there are none. Asking too
// often is a *fault.WaitError of kind Limited.
func (s *Store) FindLinks(ctx context.Context, email string, from netip.Addr) error {
	if err := s.countAsking(ctx, "draft-link", email, from); err != nil {
		return err
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		found, err := postgres.List[struct{ ID string }](ctx, tx, `
			select id::text from draft where email = $1 and email <> '' and reference is null and expires_at > $2
			order by updated_at desc, id limit $3`, NormalEmail(email), s.now(), linksAtMost)
		if err != nil {
			return err
		}
		for _, draft := range found {
			if err := s.Outbox.Enqueue(ctx, tx, mail.DraftLink, draft.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("asking for links by email address: %w", err)
	}
	return nil
}

// countAsking holds whoever asks for a link of a kind to the limits. It counts
// before it is known whether there is anything to link to, so that the limits
// tell nobody.
func (s *Store) countAsking(ctx context.Context, kind, email string, from netip.Addr) error {
	attempts := attempt.Store{DB: s.DB, Now: s.Now}
	return attempts.Reserve(ctx,
		attempt.NewCounter(linkEmailLimit, kind, NormalEmail(email)),
		attempt.NewCounter(linkAddressLimit, kind+"-address", attempt.Network(from)),
	)
}

// MintLink makes a one-time link to a draft for a mail and gives its token,
// which is kept hashed only. Each attempt at sending may have its own. A draft
// that was sent, or has no address to send to, gets none: a Conflict fault.
func (s *Store) MintLink(ctx context.Context, draftID string) (string, Link, error) {
	token, link := rand.Text(), Link{}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		draft, err := s.readDraft(ctx, tx, draftID, "for share")
		if err != nil {
			return err
		}
		if draft.Sent() {
			return fault.Conflict
		}
		if draft.Email == "" {
			return errNoEmail
		}
		link = Link{Draft: draft, ExpiresAt: earlier(s.now().Add(LinkLife), draft.ExpiresAt)}
		_, err = tx.Exec(ctx, `insert into draft_link (token_hash, draft_id, created_at, expires_at) values ($1, $2, $3, $4)`,
			linkHash(token), draftID, s.now(), link.ExpiresAt)
		return err
	})
	if err != nil {
		return "", Link{}, fmt.Errorf("making a link to draft %s: %w", draftID, err)
	}
	return token, link, nil
}

// Link looks at a link and changes nothing. A link that was used, has expired,
// never was, or whose draft was sent or deleted, is a Gone fault.
func (s *Store) Link(ctx context.Context, token string) (Link, error) {
	link, err := s.readLink(ctx, s.DB, "used_at is null", linkHash(token))
	if err != nil {
		return Link{}, fmt.Errorf("looking at a link to a draft: %w", err)
	}
	return link, nil
}

// UseLink uses a link up and gives its draft. Pressed is the nonce of the form
// that uses it: the same form again gives the draft again, because the first
// answer may not have arrived. For anybody else the link is a Gone fault.
func (s *Store) UseLink(ctx context.Context, token, pressed string) (Draft, error) {
	var draft Draft
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		// Of two presses the second waits here and sees what the first did.
		_, err := tx.Exec(ctx, `
			update draft_link set used_at = $2, used_by = $3
			where token_hash = $1 and used_at is null and expires_at > $2`,
			linkHash(token), s.now(), linkHash(pressed))
		if err != nil {
			return err
		}
		link, err := s.readLink(ctx, tx, "used_by = $2", linkHash(token), linkHash(pressed))
		draft = link.Draft
		return err
	})
	if err != nil {
		return Draft{}, fmt.Errorf("using a link to a draft: %w", err)
	}
	return draft, nil
}

// readLink reads a link that has not expired and meets a condition, with its
// draft. The first of the arguments is the token's hash.
func (s *Store) readLink(ctx context.Context, db postgres.DB, condition string, args ...any) (Link, error) {
	found, err := postgres.One[struct {
		DraftID   string
		ExpiresAt time.Time
	}](ctx, db, `select draft_id::text, expires_at from draft_link where token_hash = $1 and `+condition, args...)
	if errors.Is(err, fault.NotFound) || (err == nil && !found.ExpiresAt.After(s.now())) {
		return Link{}, errLinkGone
	}
	if err != nil {
		return Link{}, err
	}
	draft, err := s.readDraft(ctx, db, found.DraftID, "")
	if errors.Is(err, fault.NotFound) || (err == nil && draft.Sent()) {
		return Link{}, errLinkGone
	}
	return Link{Draft: draft, ExpiresAt: found.ExpiresAt}, err
}

func linkHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
