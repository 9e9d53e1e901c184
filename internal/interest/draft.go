package interest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// DraftLife is how long a draft is kept after its last change.
const DraftLife = 28 * 24 * time.Hour

// ErrSent is a change of a draft that was sent: it is empty now.
var ErrSent = fmt.Errorf("this expression of interest was sent: %w", fault.Gone)

// Draft is an expression of interest that is being filled in. Once sent it has
// no answers and a reference.
type Draft struct {
	ID        string
	Answers   Answers
	Versions  map[string]int // how often each step was saved
	Revision  int            // how often anything was saved
	Email     string         // where links to it are sent, in small letters; "" until one is known
	Reference string         // "" until it is sent
	CreatedAt time.Time
	UpdatedAt time.Time
	ExpiresAt time.Time
}

// Version is the version of a step that its form must carry: 0 before it was
// first saved.
func (d Draft) Version(step string) int { return d.Versions[step] }

// Sent reports whether the draft became an expression.
func (d Draft) Sent() bool { return d.Reference != "" }

// StaleError is an answer given to an older version of a step: somebody, most
// likely the same person in another tab, saved another one since.
type StaleError struct {
	Step  string
	Saved Draft // with the answer that was saved since, and its version
}

// Error names the step and both versions' place, never an answer.
func (e *StaleError) Error() string {
	return fmt.Sprintf("step %s was saved elsewhere, as version %d", e.Step, e.Saved.Version(e.Step))
}

// Unwrap makes it a Conflict fault.
func (e *StaleError) Unwrap() error { return fault.Conflict }

// NewDraft begins an empty draft.
func (s *Store) NewDraft(ctx context.Context) (Draft, error) {
	now := s.now()
	draft, err := s.draftOf(ctx, s.DB, `
		insert into draft (created_at, updated_at, expires_at) values ($1, $1, $2)
		returning `+draftColumns, now, now.Add(DraftLife))
	if err != nil {
		return Draft{}, fmt.Errorf("beginning a draft: %w", err)
	}
	return draft, nil
}

// Draft gives a draft with its answers as of today; a NotFound fault when
// there is none, or none any more.
func (s *Store) Draft(ctx context.Context, id string) (Draft, error) {
	draft, err := s.readDraft(ctx, s.DB, id, "")
	if err != nil {
		return Draft{}, fmt.Errorf("reading draft %s: %w", id, err)
	}
	return draft, nil
}

// SaveAnswer keeps a valid answer and gives the draft as it then is. Version
// is the step's version that the form carried: when somebody saved another
// answer since, the error is a *StaleError; the same answer again changes
// nothing. A sent draft gives ErrSent.
func (s *Store) SaveAnswer(ctx context.Context, draftID string, version int, answer Answer) (Draft, error) {
	var draft Draft
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		saved, err := s.readDraft(ctx, tx, draftID, "for update")
		if err != nil {
			return err
		}
		draft, err = s.save(ctx, tx, saved, version, cleaned(answer))
		return err
	})
	if err != nil {
		return Draft{}, fmt.Errorf("saving draft %s: %w", draftID, err)
	}
	return draft, nil
}

func (s *Store) save(ctx context.Context, tx pgx.Tx, saved Draft, version int, answer Answer) (Draft, error) {
	if saved.Sent() {
		return Draft{}, ErrSent
	}
	step := answer.Step()
	value, err := json.Marshal(answer)
	if err != nil {
		return Draft{}, err
	}
	same, err := sameAnswer(saved.Answers, step, value)
	if err != nil || same {
		return saved, err
	}
	if saved.Version(step) != version {
		return Draft{}, &StaleError{Step: step, Saved: saved}
	}
	email := saved.Email
	if given, ok := answer.(Email); ok {
		email = NormalEmail(given.Address)
		if err := readdress(ctx, tx, saved, email); err != nil {
			return Draft{}, err
		}
	}
	now := s.now()
	return s.draftOf(ctx, tx, `
		update draft set
			answers = answers || jsonb_build_object($2::text, $3::jsonb),
			versions = versions || jsonb_build_object($2::text, $4::integer),
			revision = revision + 1, updated_at = $5, expires_at = $6, email = $7
		where id = $1
		returning `+draftColumns, saved.ID, step, value, version+1, now, now.Add(DraftLife), email)
}

// sameAnswer reports whether a step already has the answer, so that going back
// and sending the same page again is no conflict with oneself.
func sameAnswer(a Answers, step string, value []byte) (bool, error) {
	all, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	var saved map[string]any
	var given any
	if err := json.Unmarshal(all, &saved); err != nil {
		return false, err
	}
	if err := json.Unmarshal(value, &given); err != nil {
		return false, err
	}
	return reflect.DeepEqual(saved[step], given), nil
}

// DeleteDraft forgets a draft and all that was answered in it.
func (s *Store) DeleteDraft(ctx context.Context, id string) error {
	if err := checkID(id); err != nil {
		return fmt.Errorf("deleting draft %s: %w", id, err)
	}
	if _, err := s.DB.Exec(ctx, `delete from draft where id = $1`, id); err != nil {
		return fmt.Errorf("deleting draft %s: %w", id, err)
	}
	return nil
}

const draftColumns = `id::text, answers, versions, revision, email, coalesce(reference, '') as reference,
	created_at, updated_at, expires_at`

// readDraft reads a draft that has not expired; lock is "" or a locking clause.
func (s *Store) readDraft(ctx context.Context, db postgres.DB, id, lock string) (Draft, error) {
	if err := checkID(id); err != nil {
		return Draft{}, err
	}
	return s.draftOf(ctx, db, `select `+draftColumns+` from draft where id = $1 and expires_at > $2 `+lock, id, s.now())
}

// draftOf is the draft that a statement returns, with its answers as of today.
func (s *Store) draftOf(ctx context.Context, db postgres.DB, sql string, args ...any) (Draft, error) {
	batch := &pgx.Batch{}
	var draft Draft
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		var err error
		draft, err = postgres.OneOf[Draft](rows)
		return err
	})
	edition := updating.QueueEdition(batch)
	err := db.SendBatch(ctx, batch).Close()
	if err != nil {
		return Draft{}, err
	}
	if draft.Sent() {
		return draft, nil // it has no answers that rules could be applied to
	}
	draft.Answers.On = DayOf(s.Now())
	draft.Answers.Book, err = s.Rules.Book(ctx, db, *edition)
	return draft, err
}

// cleaned gives an answer as it is stored.
func cleaned(answer Answer) Answer {
	switch a := answer.(type) {
	case LastPractised:
		return a.Clean()
	case Qualified:
		return a.Clean()
	case Name:
		return a.Clean()
	case RegisteredName:
		return a.Clean()
	case Email:
		return a.Clean()
	case Phone:
		return a.Clean()
	case Postcode:
		return a.Clean()
	case RegisterNumber:
		return a.Clean()
	case Programme:
		return a.Clean()
	case Experience:
		return a.Clean()
	case Organisations:
		return a.Clean()
	case Settings:
		return a.Clean()
	case Start:
		return a.Clean()
	case Help:
		return a.Clean()
	}
	return answer
}
