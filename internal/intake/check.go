package intake

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
	"ahpfaculty/internal/updating"
)

// Queue is the queue of the jobs of imports: they are long, and none may keep
// mail waiting.
const Queue = "import"

// Attempts is how often a job is begun before it is given up.
const Attempts = 3

// Job is what River keeps of a job about a file: an id and nothing else.
type Job struct {
	IntakeID string `json:"intake_id"`
}

// Intake is the id of the file that the job is about.
func (j Job) Intake() string { return j.IntakeID }

// CheckJob is the River job that looks at every row.
type CheckJob struct{ Job }

// Kind is the job's name in River's tables.
func (CheckJob) Kind() string { return "intake-check" }

// ImportJob is the River job that imports what is right.
type ImportJob struct{ Job }

// Kind is the job's name in River's tables.
func (ImportJob) Kind() string { return "intake-import" }

// batchSize is how many rows are compared with what the portal has, or written,
// at once.
const batchSize = 500

// work is an import as a job needs it.
type work struct {
	ID        string
	State     State
	StartedBy string
	Sha256    []byte
	File      []byte
	Headings  []string
	Mapping   []string
	Version   int
}

func readWork(ctx context.Context, db postgres.DB, id string) (work, error) {
	if uuid.Validate(id) != nil {
		return work{}, fault.NotFound
	}
	return postgres.One[work](ctx, db, `
		select id::text, state, coalesce(started_by::text, '') as started_by, sha256, file, headings, mapping, version from intake where id = $1`, id)
}

// count is what was found in a file.
type count struct {
	rows, right, wrong, remarked int
	findings                     []Finding
}

func (n *count) add(f Finding) {
	n.rows++
	switch {
	case len(f.Problems) > 0:
		n.wrong++
	case len(f.Remarks) > 0:
		n.remarked++
		fallthrough
	default:
		n.right++
	}
	if len(f.Problems)+len(f.Remarks) > 0 {
		n.findings = append(n.findings, f)
	}
}

// Check looks at every row of a file whose columns were chosen, and keeps what
// it found. A file that waits for no check is left as it is: whoever runs it
// again after it was stopped doubles nothing.
func (s *Store) Check(ctx context.Context, id string) error {
	w, err := readWork(ctx, s.DB, id)
	if errors.Is(err, fault.NotFound) || err == nil && w.State != Checking {
		return nil
	}
	var n count
	if err == nil {
		n, err = s.look(ctx, s.DB, w, func([]*entry) error { return nil })
	}
	var broken *sheet.UnreadableError
	if errors.As(err, &broken) {
		return s.GiveUp(ctx, id, broken.Words)
	}
	if err == nil {
		err = s.checked(ctx, w, n)
	}
	if err != nil {
		return fmt.Errorf("checking import %s: %w", id, err)
	}
	return nil
}

// look reads a file and gives its rows in batches, checked.
func (s *Store) look(ctx context.Context, db postgres.DB, w work, each func([]*entry) error) (count, error) {
	var n count
	c, err := s.checker(ctx, db, w)
	if err != nil {
		return n, err
	}
	in, err := sheet.Open(w.File)
	if err != nil {
		return n, err
	}
	for more := true; more; {
		var batch []*entry
		for more && len(batch) < batchSize {
			record, err := in.Next()
			if more = !errors.Is(err, io.EOF); !more {
				break
			}
			if err != nil {
				return n, err
			}
			batch = append(batch, c.check(record))
		}
		if err := c.compare(ctx, &interest.Store{DB: db}, w.ID, batch); err != nil {
			return n, err
		}
		for _, e := range batch {
			n.add(e.Finding)
		}
		if err := each(batch); err != nil {
			return n, err
		}
		if err := s.progress(ctx, w, n.rows); err != nil {
			return n, err
		}
	}
	return n, nil
}

// checker has what rows are checked against.
func (s *Store) checker(ctx context.Context, db postgres.DB, w work) (*checker, error) {
	c := &checker{headings: w.Headings, columns: map[string][]int{}, now: s.now(), references: map[string]int{}, emails: map[string]int{}, numbers: map[string]int{}}
	for column, key := range w.Mapping {
		c.columns[key] = append(c.columns[key], column)
	}
	var err error
	if c.book, err = (&updating.Store{DB: db}).Book(ctx); err != nil {
		return nil, err
	}
	organisations, err := (&faculty.Store{DB: db}).Organisations(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := (&staff.Store{DB: db, Now: s.Now}).List(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := (&retention.Store{DB: db, Now: s.Now}).Rules(ctx)
	if err != nil {
		return nil, err
	}
	c.organisations, c.staff = organisationWords(organisations), staffWords(accounts)
	c.ended, _ = rules.Of(retention.EndedExpression)
	return c, nil
}

// compare adds what the portal has already to what was found in rows.
func (c *checker) compare(ctx context.Context, cases *interest.Store, id string, batch []*entry) error {
	if len(batch) == 0 {
		return nil
	}
	var references, emails, numbers []string
	some := func(values []string, value string) []string {
		if value == "" {
			return values
		}
		return append(values, value)
	}
	for _, e := range batch {
		references, emails, numbers = some(references, e.Reference), some(emails, e.normalEmail()), some(numbers, e.registerNumber())
	}
	known, err := cases.KnownOf(ctx, id, references, emails, numbers)
	for _, e := range batch {
		if err == nil {
			e.compare(known)
		}
	}
	return err
}

// progress says how far a job is, unless the columns were chosen anew.
func (s *Store) progress(ctx context.Context, w work, done int) error {
	_, err := s.DB.Exec(ctx, `update intake set done = $2 where id = $1 and version = $3`, w.ID, done, w.Version)
	return err
}

// checked keeps what a check found, unless the columns were chosen anew
// meanwhile, or another run of the job was faster.
func (s *Store) checked(ctx context.Context, w work, n count) error {
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update intake set state = 'checked', done = $3, total = $3, right_rows = $4, wrong_rows = $5, remark_rows = $6, changed_at = $7
			where id = $1 and state = 'checking' and version = $2`, w.ID, w.Version, n.rows, n.right, n.wrong, n.remarked, s.now())
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return keep(ctx, tx, w.ID, n.findings)
	})
}

// keep puts findings in the place of those that there are.
func keep(ctx context.Context, tx pgx.Tx, id string, findings []Finding) error {
	if _, err := tx.Exec(ctx, `delete from intake_finding where intake_id = $1`, id); err != nil {
		return err
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"intake_finding"}, []string{"intake_id", "row", "problems", "remarks"},
		pgx.CopyFromSlice(len(findings), func(i int) ([]any, error) {
			f := findings[i]
			return []any{[16]byte(uuid.MustParse(id)), f.Row, filled(f.Problems), filled(f.Remarks)}, nil
		}))
	return err
}

// filled makes no remarks an empty list.
func filled(remarks []Remark) []Remark {
	if remarks == nil {
		return []Remark{}
	}
	return remarks
}

// GiveUp ends a check or an import that cannot be made, and says why; ErrBusy
// where a run makes it just now.
func (s *Store) GiveUp(ctx context.Context, id, words string) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var hash []byte
		if err := tx.QueryRow(ctx, `select sha256 from intake where id = $1`, id).Scan(&hash); err != nil {
			return err
		}
		if err := lock(ctx, tx, hash); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			update intake set state = 'failed', trouble = $2, changed_at = $3 where id = $1 and state in ('checking', 'importing')`, id, words, s.now())
		return err
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("giving import %s up: %w", id, err)
	}
	return nil
}
