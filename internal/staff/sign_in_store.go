package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// touchEvery is how exactly it is known when a session was last used: a write
// for every page would cost more than it tells.
const touchEvery = time.Minute

// sessionRow is a session beside its account.
type sessionRow struct {
	SessionID  string
	Means      Means
	StartedAt  time.Time
	LastUsedAt time.Time
	ProvedAt   *time.Time
	Device     string
	Network    string
	Account
}

func (r sessionRow) session() Session {
	return Session{
		ID: r.SessionID, Account: r.Account, Means: r.Means, StartedAt: r.StartedAt, LastUsedAt: r.LastUsedAt,
		ProvedAt: r.ProvedAt, Device: r.Device, Network: r.Network,
	}
}

// selectSession reads sessions that have not ended: neither by themselves, nor
// with all of their account's, nor by lasting too long. $1 is the time before
// which a session began too long ago.
const selectSession = `
	select session.id::text as session_id, session.means, session.started_at, session.last_used_at, session.proved_at,
		session.device, session.network, ` + accountColumns + `
	from staff_session session join staff_account on staff_account.id = session.account_id
	where session.ended_at is null and session.epoch = staff_account.epoch and staff_account.disabled_at is null
		and session.started_at > $1 and `

// Session gives a session that has not ended, and notes that it is in use unless
// the request is Unattended; a NotFound fault without one.
func (s *Store) Session(ctx context.Context, id string) (Session, error) {
	if uuid.Validate(id) != nil {
		return Session{}, fmt.Errorf("session of a malformed id: %w", fault.NotFound)
	}
	session, err := s.session(ctx, s.DB, id)
	if err != nil {
		return Session{}, err
	}
	if !s.Ways.Open(session.Means) {
		return Session{}, fmt.Errorf("session %s began by a way that is switched off: %w", id, fault.NotFound)
	}
	if s.Now().Sub(session.LastUsedAt) >= touchEvery && !isUnattended(ctx) {
		if _, err := s.DB.Exec(ctx, `update staff_session set last_used_at = $2 where id = $1`, id, s.Now()); err != nil {
			return Session{}, fmt.Errorf("noting the use of session %s: %w", id, err)
		}
	}
	return session, nil
}

func (s *Store) session(ctx context.Context, db postgres.DB, id string) (Session, error) {
	row, err := postgres.One[sessionRow](ctx, db, selectSession+`session.id = $2`, s.Now().Add(-SessionLife), id)
	if err != nil {
		return Session{}, fmt.Errorf("reading session %s: %w", id, err)
	}
	return row.session(), nil
}

// AccountOfSession gives the id of the account that a session belongs or
// belonged to; "" where nobody knows it any more.
func (s *Store) AccountOfSession(ctx context.Context, id string) (string, error) {
	if uuid.Validate(id) != nil {
		return "", nil
	}
	var accountID string
	err := s.DB.QueryRow(ctx, `select account_id::text from staff_session where id = $1`, id).Scan(&accountID)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("reading whose session %s is: %w", id, err)
	}
	return accountID, nil
}

// ListSessions gives the sessions in which an account is signed in now, the one
// used last first.
func (s *Store) ListSessions(ctx context.Context, accountID string) ([]Session, error) {
	rows, err := postgres.List[sessionRow](ctx, s.DB, selectSession+`
		session.account_id = $2 and session.proved_at is not null and session.last_used_at > $3
		order by session.last_used_at desc, session.id`,
		s.Now().Add(-SessionLife), accountID, s.Now().Add(-SessionIdle-touchEvery))
	if err != nil {
		return nil, fmt.Errorf("listing the sessions of %s: %w", accountID, err)
	}
	var sessions []Session
	for _, row := range rows {
		sessions = append(sessions, row.session())
	}
	return sessions, nil
}

// EndSession ends one session of the person who asks; a NotFound fault for
// somebody else's.
func (s *Store) EndSession(ctx context.Context, by By, id string) error {
	return s.endSession(ctx, by, by.ActorID, id, "session.end-one")
}

// begin makes a session of an account for which the password alone is proved.
func (s *Store) begin(ctx context.Context, tx pgx.Tx, by By, account Account) (Session, error) {
	var id string
	err := tx.QueryRow(ctx, `
		insert into staff_session (account_id, epoch, means, started_at, last_used_at, device, network)
		values ($1, $2, $3, $4, $4, $5, $6) returning id::text`,
		account.ID, account.Epoch, ByPassword, s.Now(), by.Device, shortened(by.Address)).Scan(&id)
	if err != nil {
		return Session{}, fmt.Errorf("beginning a session of %s: %w", account.ID, err)
	}
	return s.session(ctx, tx, id)
}

// prove notes that both factors of a session are proved now. Where they were
// not before, the person is signed in by that, and by these means.
func (s *Store) prove(ctx context.Context, tx pgx.Tx, by By, session Session, means Means) (Session, error) {
	tag, err := tx.Exec(ctx, `
		update staff_session set means = case when proved_at is null then $2 else means end, proved_at = $3, last_used_at = $3, new_secret = null
		where id = $1 and ended_at is null`, session.ID, means, s.Now())
	if err != nil {
		return Session{}, fmt.Errorf("proving session %s: %w", session.ID, err)
	}
	if tag.RowsAffected() == 0 {
		return Session{}, fmt.Errorf("proving session %s: it has ended: %w", session.ID, fault.NotFound)
	}
	by.ActorID = session.Account.ID
	action := "session.prove"
	if !session.Complete() {
		action = "session.start"
		if err := s.signedIn(ctx, tx, session.Account.ID); err != nil {
			return Session{}, err
		}
	}
	if err := record(ctx, tx, by, action, session.Account.ID, audit.Done); err != nil {
		return Session{}, err
	}
	return s.session(ctx, tx, session.ID)
}

// signedIn notes a sign-in.
func (s *Store) signedIn(ctx context.Context, tx pgx.Tx, accountID string) error {
	if _, err := tx.Exec(ctx, `update staff_account set last_signed_in_at = $2 where id = $1`, accountID, s.Now()); err != nil {
		return fmt.Errorf("noting a sign-in to account %s: %w", accountID, err)
	}
	return nil
}

// SignOut ends a session for good, and records it.
func (s *Store) SignOut(ctx context.Context, by By, session Session) error {
	by.ActorID = session.Account.ID
	return s.endSession(ctx, by, session.Account.ID, session.ID, "session.end")
}

func (s *Store) endSession(ctx context.Context, by By, accountID, id, action string) error {
	if uuid.Validate(id) != nil || uuid.Validate(accountID) != nil {
		return fmt.Errorf("session of a malformed id: %w", fault.NotFound)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update staff_session set ended_at = coalesce(ended_at, $3), new_secret = null where id = $1 and account_id = $2`, id, accountID, s.Now())
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return fault.NotFound
		}
		return record(ctx, tx, by, action, accountID, audit.Done)
	})
	if err != nil {
		return fmt.Errorf("ending session %s: %w", id, err)
	}
	return nil
}
