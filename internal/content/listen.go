package content

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Hearing is told what a listener hears.
type Hearing struct {
	Started func()      // from now on no change is missed
	Changed func()      // published content has changed
	Lost    func(error) // changes may be missed until Started comes again
}

// How long a listener waits for news before it checks that its connection
// still lives, and how long it waits before it connects again.
const (
	quietTime    = 30 * time.Second
	firstRetry   = 250 * time.Millisecond
	longestRetry = 15 * time.Second
)

// Listen hears of changes of content on a connection of its own, which it
// makes again when it is lost, until the context ends.
func Listen(ctx context.Context, database *pgx.ConnConfig, h Hearing) {
	wait := firstRetry
	for ctx.Err() == nil {
		heard := false
		err := listen(ctx, database, h, &heard)
		if ctx.Err() != nil {
			return
		}
		h.Lost(err)
		if heard {
			wait = firstRetry
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, longestRetry)
	}
}

// listen hears on one connection until that fails; it says whether it was
// ever made.
func listen(ctx context.Context, database *pgx.ConnConfig, h Hearing, heard *bool) error {
	conn, err := pgx.ConnectConfig(ctx, database.Copy())
	if err != nil {
		return err
	}
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(ending)
	}()
	if _, err := conn.Exec(ctx, "listen "+Changed); err != nil {
		return err
	}
	*heard = true
	h.Started()
	for {
		if err := next(ctx, conn, h); err != nil {
			return err
		}
	}
}

// next waits for one change; after a quiet time it asks whether the connection
// still lives.
func next(ctx context.Context, conn *pgx.Conn, h Hearing) error {
	quiet, cancel := context.WithTimeout(ctx, quietTime)
	defer cancel()
	_, err := conn.WaitForNotification(quiet)
	if err == nil {
		h.Changed()
		return nil
	}
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		probe, stop := context.WithTimeout(ctx, quietTime)
		defer stop()
		return conn.Ping(probe)
	}
	return err
}
