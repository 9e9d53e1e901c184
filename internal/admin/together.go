package admin

import (
	"context"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// together does some work at once and gives the first error, after which the
// others are told to stop. A panic is an error, too: what recovers those of a
// request does not see other goroutines, and the portal would end.
func together(ctx context.Context, work ...func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, do := range work {
		group.Go(func() (err error) {
			defer func() {
				if value := recover(); value != nil {
					err = fmt.Errorf("panic of type %T: %s", value, debug.Stack())
				}
			}()
			return do(ctx)
		})
	}
	return group.Wait()
}
