package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/attempt"
	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// flowPurpose is what the secrets of flows are sealed for.
const flowPurpose = "provider"

// BeginFlow notes that a browser, known by a random value of its session, goes
// to the provider, and forgets those who did not come back in time. A link that
// was used, ended or never was is a Gone fault.
func (s *Store) BeginFlow(ctx context.Context, browser string, n NewFlow) (Flow, error) {
	flow := Flow{
		Purpose: n.Purpose, State: rand.Text(), Nonce: rand.Text(), Verifier: rand.Text() + rand.Text(),
		SessionID: n.SessionID, StartedAt: s.Now(),
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from staff_flow where started_at < $1`, s.Now().Add(-FlowLife)); err != nil {
			return err
		}
		if n.Purpose == ToLink {
			if _, err := s.readLink(ctx, tx, n.Token); err != nil {
				return err
			}
			if err := tx.QueryRow(ctx, `select id::text from staff_link where token_hash = $1`, hashOf(n.Token)).Scan(&flow.LinkID); err != nil {
				return err
			}
		}
		return s.insertFlow(ctx, tx, browser, flow)
	})
	if err != nil {
		return Flow{}, fmt.Errorf("beginning a way to the provider: %w", err)
	}
	return flow, nil
}

func (s *Store) insertFlow(ctx context.Context, tx pgx.Tx, browser string, flow Flow) error {
	nonce, err := s.seal(flowPurpose, flow.State, []byte(flow.Nonce))
	if err != nil {
		return err
	}
	verifier, err := s.seal(flowPurpose, flow.State, []byte(flow.Verifier))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into staff_flow (state_hash, browser_hash, purpose, nonce, verifier, session_id, link_id, started_at)
		values ($1, $2, $3, $4, $5, nullif($6, '')::uuid, nullif($7, '')::uuid, $8)`,
		hashOf(flow.State), hashOf(browser), flow.Purpose, nonce, verifier, flow.SessionID, flow.LinkID, flow.StartedAt)
	return err
}

// TakeFlow gives the flow of a state that comes back in the browser that went,
// once and in time: of many at once, one gets it. Anything else is the refusal
// WrongState. Each counts for the device or the address until CameBack: an error
// of kind Limited says how long to wait.
func (s *Store) TakeFlow(ctx context.Context, by By, browser, state string) (Flow, error) {
	counted, err := s.returns(ctx, by)
	if err != nil {
		return Flow{}, err
	}
	if err := s.attempts().Reserve(ctx, counted); err != nil {
		return Flow{}, err
	}
	row, err := postgres.One[struct {
		Purpose   FlowPurpose
		Nonce     []byte
		Verifier  []byte
		SessionID string
		LinkID    string
		StartedAt time.Time
	}](ctx, s.DB, `
		delete from staff_flow where state_hash = $1 and browser_hash = $2 and started_at > $3
		returning purpose, nonce, verifier, coalesce(session_id::text, '') as session_id, coalesce(link_id::text, '') as link_id, started_at`,
		hashOf(state), hashOf(browser), s.Now().Add(-FlowLife))
	if isNotFound(err) {
		return Flow{}, WrongState
	}
	if err != nil {
		return Flow{}, fmt.Errorf("taking a way back from the provider: %w", err)
	}
	flow := Flow{Purpose: row.Purpose, State: state, SessionID: row.SessionID, LinkID: row.LinkID, StartedAt: row.StartedAt}
	for text, sealed := range map[*string][]byte{&flow.Nonce: row.Nonce, &flow.Verifier: row.Verifier} {
		plain, _, err := s.open(flowPurpose, state, sealed)
		if err != nil {
			return Flow{}, err
		}
		*text = string(plain)
	}
	return flow, nil
}

// returns counts who comes back from the provider.
func (s *Store) returns(ctx context.Context, by By) (attempt.Counter, error) {
	source, err := s.source(ctx, by)
	return attempt.NewCounter(addressLimit, "provider-source", source), err
}

// CameBack notes that somebody got what they went to the provider for.
func (s *Store) CameBack(ctx context.Context, by By) error {
	counted, err := s.returns(ctx, by)
	if err != nil {
		return err
	}
	return attempt.Settle(ctx, s.DB, counted)
}

// Refused records that somebody who came back from the provider was not let
// in, and why.
func (s *Store) Refused(ctx context.Context, by By, why Refusal) error {
	return s.refusedFor(ctx, by, "", why)
}

func (s *Store) refusedFor(ctx context.Context, by By, accountID string, why Refusal) error {
	return audit.Record(ctx, s.DB, audit.Entry{
		ActorKind: audit.Nobody, Action: "provider.check", SubjectKind: "staff", SubjectID: accountID,
		Outcome: audit.Refused, RequestID: by.RequestID, Detail: string(why),
	})
}

// ofLink gives the account of a link that a flow goes on with, and locks both.
func (s *Store) ofLink(ctx context.Context, tx pgx.Tx, linkID string) (Account, error) {
	var accountID *string
	err := tx.QueryRow(ctx, `
		select account_id::text from staff_link where id = $1 and ended_at is null and expires_at > $2 for update`,
		linkID, s.Now()).Scan(&accountID)
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && accountID == nil) {
		return Account{}, fault.Gone
	}
	if err != nil {
		return Account{}, err
	}
	return lockAccount(ctx, tx, *accountID)
}
