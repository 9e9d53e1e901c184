package interest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Hold lets a case wait until a day. A case that changed since gives
// ErrCaseChanged, and the same form again changes nothing.
func (s *Store) Hold(ctx context.Context, by By, h Hold) error {
	h = h.Clean()
	if by.Returner {
		h.Reason = ReturnerAsked
	}
	key := once.Key(h.Nonce, h.Reference, string(EventHeld), h.Reason, h.Until.Day, h.Until.Month, h.Until.Year, h.Note)
	err := s.change(ctx, by, h.Reference, key, EventHeld, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, h.Version) {
			return ErrCaseChanged
		}
		if l.Stage.Info().Ends || h.Validate(DayOf(at)).Any() || by.Returner && l.heldByStaff() {
			return errTurn
		}
		until := h.Until.When().Earliest()
		event := newEvent{expressionID: l.ID, at: at, kind: EventHeld, by: by, reason: h.Reason, until: until, formKey: key, note: h.Note}
		if _, err := event.insert(ctx, tx); err != nil {
			return err
		}
		return setTurn(ctx, tx, at, l.ID, OnHold, h.Reason, until)
	})
	if err != nil {
		return fmt.Errorf("holding a case: %w", err)
	}
	return nil
}

// heldByStaff reports whether the case waits for something that a returner
// neither asked for nor ends.
func (l locked) heldByStaff() bool { return l.Turn == OnHold && l.HoldReason != ReturnerAsked }

// Resume lets a case that is on hold go on: it is the returner's turn again
// where they still have something to answer, else ours.
func (s *Store) Resume(ctx context.Context, by By, t Turning) error {
	return s.turn(ctx, by, t, EventResumed, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.Turn != OnHold || by.Returner && l.heldByStaff() {
			return errTurn
		}
		return resume(ctx, tx, at, l.ID)
	})
}

// TakeBack ends the request for more information that waits for an answer.
func (s *Store) TakeBack(ctx context.Context, by By, t Turning) error {
	return s.turn(ctx, by, t, EventTakenBack, func(tx pgx.Tx, at time.Time, l locked) error {
		ended, err := endRequest(ctx, tx, at, l.ID)
		if err != nil {
			return err
		}
		if !ended {
			return errTurn
		}
		if l.Turn == OnHold {
			return touch(ctx, tx, at, l.ID)
		}
		return setTurn(ctx, tx, at, l.ID, Ours, "", updating.Date{})
	})
}

// AskCopy notes that a returner asked for a copy of their data.
func (s *Store) AskCopy(ctx context.Context, by By, t Turning) error {
	return s.turn(ctx, by, t, EventCopyAsked, func(tx pgx.Tx, at time.Time, l locked) error {
		_, err := tx.Exec(ctx, `
			update expression set copy_asked_at = coalesce(copy_asked_at, $2), updated_at = $2, version = version + 1 where id = $1`, l.ID, at)
		return err
	})
}

// GiveCopy notes that they have it.
func (s *Store) GiveCopy(ctx context.Context, by By, t Turning) error {
	return s.turn(ctx, by, t, EventCopyGiven, func(tx pgx.Tx, at time.Time, l locked) error {
		tag, err := tx.Exec(ctx, `
			update expression set copy_asked_at = null, updated_at = $2, version = version + 1
			where id = $1 and copy_asked_at is not null`, l.ID, at)
		if err == nil && tag.RowsAffected() == 0 {
			return errTurn
		}
		return err
	})
}

// turn makes a change that needs no words, with its event.
func (s *Store) turn(ctx context.Context, by By, t Turning, kind EventKind, fn func(pgx.Tx, time.Time, locked) error) error {
	key := once.Key(t.Nonce, t.Reference, string(kind))
	err := s.change(ctx, by, t.Reference, key, kind, func(tx pgx.Tx, at time.Time, l locked) error {
		if l.stale(by, t.Version) {
			return ErrCaseChanged
		}
		event := newEvent{expressionID: l.ID, at: at, kind: kind, by: by, formKey: key}
		if _, err := event.insert(ctx, tx); err != nil {
			return err
		}
		return fn(tx, at, l)
	})
	if err != nil {
		return fmt.Errorf("changing a case (%s): %w", kind, err)
	}
	return nil
}

// wakeAtMost keeps one run short; the next one goes on.
const wakeAtMost = 500

// Wake lets the cases go on whose day has come, and says how many.
func (s *Store) Wake(ctx context.Context) (int, error) {
	woken := 0
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		due, err := postgres.List[struct{ ID string }](ctx, tx, `
			select id::text from expression where turn = 'on-hold' and hold_until <= $1
			order by hold_until, id limit $2 for update skip locked`, DayOf(s.Now()).Time(), wakeAtMost)
		if err != nil {
			return err
		}
		woken = len(due)
		for _, one := range due {
			if err := s.wake(ctx, tx, one.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("waking cases on hold: %w", err)
	}
	return woken, nil
}

func (s *Store) wake(ctx context.Context, tx pgx.Tx, id string) error {
	event := newEvent{expressionID: id, at: s.now(), kind: EventResumed}
	if _, err := event.insert(ctx, tx); err != nil {
		return err
	}
	if err := resume(ctx, tx, s.now(), id); err != nil {
		return err
	}
	return audit.Record(ctx, tx, By{}.entry(actions[EventResumed], id, audit.Done))
}

// resume gives the turn back to whoever had it before the hold.
func resume(ctx context.Context, tx pgx.Tx, at time.Time, id string) error {
	turn := Ours
	open, err := openRequest(ctx, tx, id)
	if err != nil {
		return err
	}
	if open != nil {
		turn = Returners
	}
	return setTurn(ctx, tx, at, id, turn, "", updating.Date{})
}

// endTurn has a case that ends wait for nobody.
func endTurn(ctx context.Context, tx pgx.Tx, at time.Time, l locked) error {
	if _, err := endRequest(ctx, tx, at, l.ID); err != nil || l.Turn == Ours {
		return err
	}
	_, err := tx.Exec(ctx, `
		update expression set turn = 'ours', turn_since = $2, hold_reason = null, hold_until = null where id = $1`, l.ID, at)
	return err
}

func setTurn(ctx context.Context, tx pgx.Tx, at time.Time, id string, turn Turn, reason string, until updating.Date) error {
	_, err := tx.Exec(ctx, `
		update expression set turn = $2, turn_since = $3, hold_reason = nullif($4, ''), hold_until = $5,
			updated_at = $3, version = version + 1
		where id = $1`, id, turn, at, reason, dayColumn(until))
	return err
}

// touch makes a change known to whoever has the case open.
func touch(ctx context.Context, tx pgx.Tx, at time.Time, id string) error {
	_, err := tx.Exec(ctx, `update expression set updated_at = $2, version = version + 1 where id = $1`, id, at)
	return err
}
