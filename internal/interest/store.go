package interest

import (
	"fmt"
	"io"
	"sync"
	"time"
	_ "time/tzdata" // a machine without a zone database still knows when a day begins here

	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Store keeps drafts and expressions. Every exported method is one
// transaction, a savepoint where DB is a transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
	Random io.Reader // for references: crypto/rand.Reader
}

// now is stored: UTC, in the microseconds that Postgres keeps.
func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

var london = sync.OnceValue(func() *time.Location {
	location, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(fmt.Sprintf("the embedded zone database has no Europe/London: %v", err))
	}
	return location
})

// DayOf is the day that a time falls on in England.
func DayOf(t time.Time) updating.Date { return updating.DateOf(t.In(london())) }

// checkID makes an id that is no UUID a NotFound fault: Postgres would answer
// with an error of its own.
func checkID(id string) error {
	if _, err := uuid.Parse(id); err != nil {
		return fault.NotFound
	}
	return nil
}
