package job

import (
	"context"
	"time"
)

// sweepEvery is how long a mail that lost its job waits for another at most, and
// an export that was cut off for its end.
const sweepEvery = 10 * time.Minute

// Sweep is the job that looks for what a portal that was killed left: mails that
// are owed and that no job sends, and exports that nobody sends any more.
type Sweep struct{}

// Kind is the job's name in River's tables.
func (Sweep) Kind() string { return "sweep" }

// sweep owes the confirmations that nobody owed, gives a job to the mails that
// have none, and ends the exports that were cut off. None of it should ever find
// anything: what it finds is logged, by ids alone, so that somebody asks why.
func (d Deps) sweep(ctx context.Context) error {
	expressions, err := d.Interest.OweConfirmations(ctx)
	if err != nil {
		return plain("owing confirmations", err)
	}
	mails, err := d.Interest.Outbox.Sweep(ctx, d.Mails.DB)
	if err != nil {
		return plain("sweeping mails", err)
	}
	exports, err := d.Interest.EndCutOff(ctx)
	if err != nil {
		return plain("ending exports that were cut off", err)
	}
	log := d.Log.InfoContext
	if len(expressions)+len(mails)+exports > 0 {
		log = d.Log.WarnContext
	}
	log(ctx, "swept", "mails", len(mails), "mail_ids", mails, "expressions", len(expressions), "expression_ids", expressions, "exports", exports)
	return nil
}
