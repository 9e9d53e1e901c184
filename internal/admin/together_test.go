package admin

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestTogetherMakesAnErrorOfAPanic(t *testing.T) {
	t.Parallel()
	stopped := false
	err := together(t.Context(), func(ctx context.Context) error {
		<-ctx.Done()
		stopped = true
		return nil
	}, func(context.Context) error {
		var none []int
		return errors.New(string(rune(none[1])))
	})
	if err == nil || !strings.HasPrefix(err.Error(), "panic of type runtime.") || !stopped {
		t.Errorf("together() = %v, the other one told to stop: %t, want an error and true", err, stopped)
	}
}
