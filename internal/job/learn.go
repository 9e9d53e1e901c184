package job

import (
	"context"
	"time"
)

// learnEvery is how long a new name waits at most until it is found by words
// that are typed slightly wrong.
const learnEvery = 10 * time.Minute

// Learn is the job that keeps the words of new names.
type Learn struct{}

// Kind is the job's name in River's tables.
func (Learn) Kind() string { return "learn" }

// learn keeps the words of the names that are new.
func (d Deps) learn(ctx context.Context) error {
	words, err := d.Interest.LearnNames(ctx)
	if err != nil {
		return plain("learning names", err)
	}
	if words > 0 {
		d.Log.InfoContext(ctx, "learnt", "name_words", words)
	}
	return nil
}
