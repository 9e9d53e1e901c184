// Package demo fills a database with invented expressions of interest of every
// stage, for showing the portal and for measuring it.
package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Options say what is invented. The same options on the same day and the same
// database make the same rows.
type Options struct {
	Expressions int
	Seed        uint64
	Now         time.Time // everything happened before this day
	AmongReal   bool      // also where real people's expressions are
}

// Report is what was invented.
type Report struct {
	Expressions int
	Open        int // neither ended nor set aside
	Erased      int // older ones, of which only what counts need is there
	Staff       []staff.Account
}

// ErrReal is a database that holds expressions of people.
var ErrReal = errors.New("the database holds expressions that may be real people’s")

// What dice are for: each purpose has its own, so that one draws nothing from
// another.
const (
	forArrivals = iota + 1
	forPeople
	forCases
	forSituation
	forErased
)

// many is from how many expressions on the indexes are made once, at the end.
const many = 20_000

const (
	// years is for how long people have sent forms.
	years = 10
	// erasedAtMost is how many of the oldest ones are left in counts.
	erasedAtMost = 20_000
)

// batch is how many cases are in memory at a time.
const batch = 5_000

// Fill invents expressions of interest with their cases, and the staff who work
// on them, in one transaction of the tables' owner. Real people's expressions
// are an ErrReal, unless the options allow them.
func Fill(ctx context.Context, db postgres.DB, o Options) (Report, error) {
	var report Report
	tables := append(interest.CopiedTables(), mail.Table)
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		w, err := newWorld(ctx, tx, o)
		if err != nil {
			return err
		}
		if err := w.fillErased(ctx, tx, o.Expressions); err != nil {
			return err
		}
		fill := func() error { return w.fill(ctx, tx, o.Expressions) }
		if o.Expressions < many {
			err = fill()
		} else {
			err = postgres.InBulk(ctx, tx, tables, fill)
		}
		report = w.report
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("inventing %d expressions: %w", o.Expressions, err)
	}
	return report, postgres.Analyze(ctx, db, append(tables, interest.ErasedTables()...))
}

// fill writes cases with their mails.
func (w *world) fill(ctx context.Context, tx pgx.Tx, n int) error {
	return interest.CopyIn(ctx, tx, func(copyCases func([]interest.Case) error) error {
		return w.people(ctx, n, func(cases []interest.Case) error {
			w.report.Expressions += len(cases)
			for _, c := range cases {
				if !c.Stage.Info().Ends && c.SetAsideAt == nil {
					w.report.Open++
				}
			}
			if err := copyCases(cases); err != nil {
				return err
			}
			return mail.Copy(ctx, tx, mails(cases))
		})
	})
}

// world is what invented people find: the faculty, its calendar, its rules.
type world struct {
	report        Report
	seed          uint64
	already       int // expressions that are there
	today         updating.Date
	until         time.Time // all happened before
	keptSince     time.Time // cases that ended before are erased
	calendar      calendar
	book          updating.Book
	privacy       string // the version of the notice
	organisations []string
	settings      []string
	help          []string
	workers       []string // the ids of those who work cases
	taken         map[string]bool
}

func newWorld(ctx context.Context, tx pgx.Tx, o Options) (*world, error) {
	all, invented, err := interest.Invented(ctx, tx)
	if err != nil {
		return nil, err
	}
	if invented < all && !o.AmongReal {
		return nil, ErrReal
	}
	w := &world{seed: o.Seed, already: all, today: interest.DayOf(o.Now), taken: map[string]bool{}}
	for _, read := range []func(context.Context, pgx.Tx) error{w.readFaculty, w.readRules, w.readTaken, w.addStaff, w.setLimits} {
		if err := read(ctx, tx); err != nil {
			return nil, err
		}
	}
	w.until = time.Date(w.today.Year, w.today.Month, w.today.Day, 0, 0, 0, 0, w.calendar.london).UTC()
	return w, nil
}

func (w *world) readFaculty(ctx context.Context, tx pgx.Tx) error {
	organisations, err := (&faculty.Store{DB: tx}).Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range organisations {
		w.organisations = append(w.organisations, o.Slug)
	}
	for _, o := range interest.SettingOptions() {
		w.settings = append(w.settings, o.Slug)
	}
	for _, o := range interest.HelpOptions() {
		if o.Slug != interest.HelpNone {
			w.help = append(w.help, o.Slug)
		}
	}
	notice, err := (&content.Store{DB: tx}).Page(ctx, content.General, "privacy")
	w.privacy = notice.Version
	return err
}

func (w *world) readRules(ctx context.Context, tx pgx.Tx) error {
	rules := updating.Store{DB: tx}
	var err error
	if w.book, err = rules.Book(ctx); err != nil {
		return err
	}
	kept, err := (&retention.Store{DB: tx}).Rules(ctx)
	if err != nil {
		return err
	}
	if rule, known := kept.Of(retention.EndedExpression); known {
		// A day later: they are not all gone within the hour.
		w.keptSince = rule.Before(w.today.Time()).AddDate(0, 0, 1)
	}
	holidays, err := workday.Store{DB: tx}.Holidays(ctx)
	if err != nil {
		return err
	}
	w.calendar, err = newCalendar(w.today.AddYears(-years), w.today.AddYears(2), holidays)
	return err
}

func (w *world) readTaken(ctx context.Context, tx pgx.Tx) error {
	references, err := interest.References(ctx, tx)
	for _, r := range references {
		w.taken[r] = true
	}
	return err
}

func (w *world) addStaff(ctx context.Context, tx pgx.Tx) error {
	var people []staff.NewAccount
	for _, c := range colleagues {
		people = append(people, staff.NewAccount{
			Name: c.name, Role: staff.Role(c.role), Email: strings.ReplaceAll(strings.ToLower(c.name), " ", ".") + "@faculty.example.org",
		})
	}
	accounts := staff.Store{DB: tx, Now: w.today.Time}
	added, err := accounts.AddUninvited(ctx, people)
	for _, a := range added {
		if a.Role.May(staff.WorkCases) && !a.Disabled() {
			w.workers = append(w.workers, a.ID)
		}
	}
	w.report.Staff = added
	return err
}

// limits are how many working days each stage may take where nobody has set
// any, so that something is late.
var limits = map[interest.Stage]string{
	interest.Received: "10", interest.InReview: "10", interest.Contacted: "20", interest.FindingPlacement: "90", interest.Updating: "200",
	interest.AppliedToRegister: "60",
}

func (w *world) setLimits(ctx context.Context, tx pgx.Tx) error {
	store := interest.Store{DB: tx, Now: w.today.Time}
	now, err := store.StageLimits(ctx)
	if err != nil || slices.ContainsFunc(now, func(l interest.StageLimit) bool { return l.WorkingDays > 0 }) {
		return err
	}
	return store.SetStageLimits(ctx, interest.By{StaffID: w.workers[0]}, interest.NewStageLimits{Edition: now.Edition(), Days: limits})
}

// people invents cases and hands them over, a batch at a time, while the next
// batch is invented.
func (w *world) people(ctx context.Context, n int, take func([]interest.Case) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches, failed := make(chan []interest.Case), make(chan error, 1)
	go func() {
		defer close(batches)
		failed <- w.invent(ctx, n, batches)
	}()
	for cases := range batches {
		if err := take(cases); err != nil {
			return err
		}
	}
	return <-failed
}

func (w *world) invent(ctx context.Context, n int, to chan<- []interest.Case) error {
	known := situations{w: w}
	times := w.arrivals(roll(w.seed, forArrivals, uint64(w.already), uint64(n)), n, w.oldest(), w.today, w.stays)
	for chunk := range slices.Chunk(times, batch) {
		cases := make([]interest.Case, 0, len(chunk))
		for _, at := range chunk {
			c, err := w.invented(uint64(w.already), at, &known)
			if err != nil {
				return err
			}
			w.already++
			cases = append(cases, c)
		}
		select {
		case to <- cases:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

const (
	// twice is how often somebody sends who did so lately.
	twice = .012
	// lately is how many others sent since then, at most.
	lately = 200
	// setAside is how often a form of the last month looks like a program's.
	setAside = .05
)

// invented is the case of the number-th expression, received at a time.
func (w *world) invented(number uint64, at time.Time, known *situations) (interest.Case, error) {
	d := roll(w.seed, forCases, number)
	p := drawPerson(roll(w.seed, forPeople, number))
	if number > lately && d.chance(twice) {
		p = drawPerson(roll(w.seed, forPeople, number-1-d.Uint64N(lately))).again(d)
	}
	s, err := known.of(d, p, interest.DayOf(at))
	if err != nil {
		return interest.Case{}, err
	}
	id, err := uuid.NewRandomFromReader(d)
	if err != nil {
		return interest.Case{}, err
	}
	j := journey{w: w, d: d, Case: received(id.String(), at, p.answers(d, w, s), s.result)}
	if j.Reference, err = w.reference(d); err != nil {
		return interest.Case{}, err
	}
	if w.until.Sub(at) < 28*24*time.Hour && d.chance(setAside) {
		j.Suspicion, j.SetAsideAt = pick(d, []suspect.Suspicion{suspect.Trap, suspect.Fast, suspect.Often}), &at
		j.Events = []interest.Event{arrived(at)}
		return j.Case, nil
	}
	return j.kept(), nil
}

// received is a case that nobody has looked at.
func received(id string, at time.Time, answers interest.Answers, result updating.Result) interest.Case {
	return interest.Case{Expression: interest.Expression{
		ID: id, ReceivedAt: at, Answers: answers, Result: result, RuleVersion: result.Version,
		Stage: interest.Received, StageSince: at, Turn: interest.Ours, TurnSince: at, Version: 1, UpdatedAt: at,
	}}
}

// reference draws one that is not taken.
func (w *world) reference(d dice) (string, error) {
	for {
		drawn, err := reference.New(d, "")
		if err != nil {
			return "", err
		}
		if !w.taken[drawn] {
			w.taken[drawn] = true
			return drawn, nil
		}
	}
}
