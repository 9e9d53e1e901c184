package job

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
)

// plain makes an error that River may keep and log: what was being done, and a
// code or a kind. The error itself may quote an address or a row.
func plain(doing string, err error) error {
	var refused *mail.SendError
	if errors.As(err, &refused) {
		return fmt.Errorf("%s: %w", doing, refused)
	}
	var answered *pgconn.PgError
	if errors.As(err, &answered) {
		return fmt.Errorf("%s: postgres %s", doing, answered.Code)
	}
	for _, kind := range []error{fault.NotFound, fault.Gone, fault.Conflict, fault.Invalid, fault.Unavailable} {
		if errors.Is(err, kind) {
			return fmt.Errorf("%s: %w", doing, kind)
		}
	}
	return fmt.Errorf("%s: failed", doing)
}

// errPanic stands for a panic, whose value may quote anything.
var errPanic = errors.New("panicked")

// guard runs a job and turns a panic into an error without its value.
func guard(work func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	return work()
}
