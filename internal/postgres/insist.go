package postgres

import (
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
)

// How often work is tried while the database is away: a restart lasts a second
// or two.
const (
	insistTries = 6
	insistPause = 100 * time.Millisecond // doubles with each try
)

// Insist does work again, a few times, while its end is not known or it surely
// did not happen because the database was away. The work must find out for
// itself whether an earlier try was done. An error after the last try is an
// Unavailable fault.
func Insist(work func() error) error {
	err := work()
	pause := insistPause
	for try := 1; try < insistTries && isLost(err); try++ {
		time.Sleep(pause)
		pause *= 2
		err = work()
	}
	if isLost(err) {
		return fmt.Errorf("%w: %w", fault.Unavailable, err)
	}
	return err
}

func isLost(err error) bool { return IsUnavailable(err) || errors.Is(err, pgx.ErrTxClosed) }
