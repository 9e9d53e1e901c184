package interest

import (
	"io"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Store keeps drafts and expressions. Every exported method is one
// transaction, a savepoint where DB is a transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
	Rules  *updating.Shelf // between drafts; nil: they are read for each
	Words  *Vocabulary     // between searches; nil: it is read for each
	Random io.Reader       // for references: crypto/rand.Reader
}

// now is stored: UTC, in the microseconds that Postgres keeps.
func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// DayOf is the day that a time falls on in England.
func DayOf(t time.Time) updating.Date { return workday.DayOf(t) }

// checkID makes an id that is no UUID a NotFound fault: Postgres would answer
// with an error of its own.
func checkID(id string) error {
	if _, err := uuid.Parse(id); err != nil {
		return fault.NotFound
	}
	return nil
}
