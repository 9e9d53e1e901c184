package intake

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/validate"
)

// Store keeps imports, and makes them. Every exported method is one
// transaction, but for Check and Run, which say how far they are on the way.
type Store struct {
	DB     postgres.DB
	Now    func() time.Time
	Random io.Reader // for references: crypto/rand.Reader
}

// now is stored: UTC, in the microseconds that Postgres keeps.
func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// samples is how many values of each column are shown.
const samples = 3

// The most characters of a file's name and of a heading.
const (
	maxName    = 200
	maxHeading = 200
)

// Upload keeps a file, with a guess at what its columns are: what was chosen
// last for the same headings, or what they usually mean. A file that cannot be
// read is a *sheet.UnreadableError, one that is too large a TooLarge fault, and
// one that was imported before a *SameFileError.
func (s *Store) Upload(ctx context.Context, by interest.By, name string, file []byte) (Intake, error) {
	headings, shown, err := begin(file)
	if err != nil {
		return Intake{}, fmt.Errorf("reading an uploaded file: %w", err)
	}
	hash := sha256.Sum256(file)
	i := Intake{ID: uuid.NewString(), By: by.StaffID, Name: cleanName(name), Size: int64(len(file)), Headings: headings, Samples: shown, State: Uploaded, At: s.now(), ChangedAt: s.now()}
	err = postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := refuseSame(ctx, tx, hash[:]); err != nil {
			return err
		}
		if i.Mapping, err = suggest(ctx, tx, headings); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			insert into intake (id, made_by, name, sha256, size, file, headings, samples, mapping, state, uploaded_at, changed_at)
			values ($1, nullif($2, '')::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
			i.ID, by.StaffID, i.Name, hash[:], i.Size, file, i.Headings, i.Samples, i.Mapping, i.State, i.At); err != nil {
			return err
		}
		return record(ctx, tx, by, actionUpload, i.ID, fmt.Sprintf("%d bytes, %d columns", i.Size, len(headings)))
	})
	if err != nil {
		return Intake{}, fmt.Errorf("keeping an uploaded file: %w", err)
	}
	return i, nil
}

// begin reads the headings of a file and the first values of its columns.
func begin(file []byte) ([]string, [][]string, error) {
	in, err := sheet.Open(file)
	if err != nil {
		return nil, nil, err
	}
	shown := make([][]string, len(in.Headings))
	for column, heading := range in.Headings {
		if !clean(heading) || utf8.RuneCountInString(heading) > maxHeading {
			return nil, nil, &sheet.UnreadableError{Row: 1, Words: fmt.Sprintf(
				"The heading of column %d is longer than %d characters, or has a character that cannot be read. Type it again, then upload the file again", column+1, maxHeading)}
		}
		if validate.Email(validate.Line(heading)) {
			return nil, nil, &sheet.UnreadableError{Row: 1, Words: fmt.Sprintf(
				"The heading of column %d is an email address. Put a row with the headings of the columns above the first case, then upload the file again", column+1)}
		}
		in.Headings[column] = cmp.Or(validate.Line(heading), fmt.Sprintf("Column %d", column+1))
	}
	for rows := 0; ; rows++ {
		record, err := in.Next()
		if errors.Is(err, io.EOF) && rows == 0 {
			return nil, nil, &sheet.UnreadableError{Words: "The file has headings and no rows. Choose a file with at least one case"}
		}
		if errors.Is(err, io.EOF) || rows == 50 {
			return in.Headings, shown, nil
		}
		if err != nil {
			return nil, nil, err
		}
		for column := range shown {
			if text := shorten(record.Cells[column]); text != "" && len(shown[column]) < samples {
				shown[column] = append(shown[column], text)
			}
		}
	}
}

// cleanName is a file's name as it is kept.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0xfffd && r <= 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(validate.Line(name)); len(runes) > 0 {
		return string(runes[:min(len(runes), maxName)])
	}
	return "file"
}

// refuseSame gives a *SameFileError where a file was imported before.
func refuseSame(ctx context.Context, tx pgx.Tx, hash []byte) error {
	same, err := postgres.One[SameFileError](ctx, tx, `
		select id::text, name, coalesce(started_by::text, '') as by, imported_at as at from intake where sha256 = $1 and state = 'imported'`, hash)
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &same
}

// suggest is what the columns of some headings were the last time, or else what
// we guess.
func suggest(ctx context.Context, tx pgx.Tx, headings []string) ([]string, error) {
	var last []string
	err := tx.QueryRow(ctx, `select mapping from intake where headings = $1 and version > 0 order by changed_at desc limit 1`, headings).Scan(&last)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && slices.ContainsFunc(last, unknown) {
		return guess(headings), nil
	}
	return last, err
}

func unknown(key string) bool {
	return key != "" && !slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key })
}

func record(ctx context.Context, tx pgx.Tx, by interest.By, action, id, detail string) error {
	kind := audit.Staff
	if by.StaffID == "" {
		kind = audit.System
	}
	return audit.Record(ctx, tx, audit.Entry{
		ActorKind: kind, ActorID: by.StaffID, Action: action, SubjectKind: "import", SubjectID: id,
		Outcome: audit.Done, RequestID: by.RequestID, Detail: detail,
	})
}

const selectIntake = `
	select id::text, coalesce(made_by::text, '') as by, coalesce(started_by::text, '') as started_by, name, size, headings, samples, mapping, version, state, trouble,
		total as rows, right_rows as right, wrong_rows as wrong, remark_rows as remarks, done, uploaded_at as at, changed_at, imported_at
	from intake`

func read(ctx context.Context, db postgres.DB, id string) (Intake, error) {
	if uuid.Validate(id) != nil {
		return Intake{}, fault.NotFound
	}
	return postgres.One[Intake](ctx, db, selectIntake+` where id = $1`, id)
}

// Get gives an import; a NotFound fault when there is none.
func (s *Store) Get(ctx context.Context, id string) (Intake, error) {
	i, err := read(ctx, s.DB, id)
	if err != nil {
		return Intake{}, fmt.Errorf("reading import %s: %w", id, err)
	}
	return i, nil
}

// listed is how many imports are listed.
const listed = 50

// List gives the newest imports.
func (s *Store) List(ctx context.Context) ([]Intake, error) {
	all, err := postgres.List[Intake](ctx, s.DB, fmt.Sprintf(`%s order by uploaded_at desc, id limit %d`, selectIntake, listed))
	if err != nil {
		return nil, fmt.Errorf("listing imports: %w", err)
	}
	return all, nil
}

// Map says what the columns of a file are, and has a job look at every row. It
// may be said again until the file is imported. A choice that no import can be
// made of is ErrMapping, and a file that is being imported ErrState.
func (s *Store) Map(ctx context.Context, by interest.By, id string, mapping []string) error {
	err := s.step(ctx, id, func(tx pgx.Tx, i Intake) error {
		if i.State == Importing || i.State == Imported {
			return ErrState
		}
		if len(mapping) != len(i.Headings) || slices.ContainsFunc(mapping, unknown) || len(missing(mapping)) > 0 || len(Doubled(mapping)) > 0 {
			return ErrMapping
		}
		if _, err := tx.Exec(ctx, `
			update intake set state = 'checking', mapping = $2, version = version + 1, done = 0, trouble = '', changed_at = $3 where id = $1`,
			id, mapping, s.now()); err != nil {
			return err
		}
		if err := enqueue(ctx, tx, CheckJob{}.Kind(), id); err != nil {
			return err
		}
		return record(ctx, tx, by, actionCheck, id, strings.Join(mapping, " "))
	})
	if err != nil {
		return fmt.Errorf("choosing the columns of import %s: %w", id, err)
	}
	return nil
}

// Import has a job import what is right in a file that was checked with a choice
// of columns, by its version: ErrChoice where another one was made meanwhile, and
// ErrState where it was not checked, or nothing is right.
func (s *Store) Import(ctx context.Context, by interest.By, id string, version int) error {
	err := s.step(ctx, id, func(tx pgx.Tx, i Intake) error {
		if i.Version != version {
			return ErrChoice
		}
		if i.State != Checked || i.Right == 0 {
			return ErrState
		}
		if _, err := tx.Exec(ctx, `
			update intake set state = 'importing', started_by = nullif($2, '')::uuid, done = 0, changed_at = $3 where id = $1`,
			id, by.StaffID, s.now()); err != nil {
			return err
		}
		if err := enqueue(ctx, tx, ImportJob{}.Kind(), id); err != nil {
			return err
		}
		return record(ctx, tx, by, actionStart, id, fmt.Sprintf("%d rows right, %d wrong", i.Right, i.Wrong))
	})
	if err != nil {
		return fmt.Errorf("starting import %s: %w", id, err)
	}
	return nil
}

// Discard forgets a file that is not imported, with all that was found in it.
func (s *Store) Discard(ctx context.Context, by interest.By, id string) error {
	err := s.step(ctx, id, func(tx pgx.Tx, i Intake) error {
		if i.State == Importing || i.State == Imported {
			return ErrState
		}
		if _, err := tx.Exec(ctx, `delete from intake where id = $1`, id); err != nil {
			return err
		}
		return record(ctx, tx, by, actionDiscard, id, "")
	})
	if err != nil {
		return fmt.Errorf("discarding import %s: %w", id, err)
	}
	return nil
}

// step changes an import that is locked.
func (s *Store) step(ctx context.Context, id string, change func(pgx.Tx, Intake) error) error {
	if uuid.Validate(id) != nil {
		return fault.NotFound
	}
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		i, err := postgres.One[Intake](ctx, tx, selectIntake+` where id = $1 for update`, id)
		if err != nil {
			return err
		}
		return change(tx, i)
	})
}

func enqueue(ctx context.Context, tx pgx.Tx, kind, id string) error {
	_, err := tx.Exec(ctx, `
		insert into river_job (kind, args, max_attempts, queue) values ($1, jsonb_build_object('intake_id', $2::text), $3, $4)`,
		kind, id, Attempts, Queue)
	return err
}

// PageSize is how many findings Problems gives at once.
const PageSize = 100

// Problems gives the rows about which there is something to say, after a row;
// 0 begins with the first. They are forgotten after a week.
func (s *Store) Problems(ctx context.Context, id string, after int) ([]Finding, error) {
	return s.findings(ctx, id, after, PageSize)
}

// AllProblems gives every row about which there is something to say.
func (s *Store) AllProblems(ctx context.Context, id string) ([]Finding, error) {
	return s.findings(ctx, id, 0, sheet.MostXLSX)
}

func (s *Store) findings(ctx context.Context, id string, after, most int) ([]Finding, error) {
	if uuid.Validate(id) != nil {
		return nil, fmt.Errorf("reading what was found in import %s: %w", id, fault.NotFound)
	}
	type found struct {
		Row               int
		Problems, Remarks json.RawMessage
	}
	rows, err := postgres.List[found](ctx, s.DB, `
		select row, problems, remarks from intake_finding where intake_id = $1 and row > $2 order by row limit $3`, id, after, most)
	list := make([]Finding, len(rows))
	for i, r := range rows {
		list[i].Row = r.Row
		err = errors.Join(err, json.Unmarshal(r.Problems, &list[i].Problems), json.Unmarshal(r.Remarks, &list[i].Remarks))
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was found in import %s: %w", id, err)
	}
	return list, nil
}
