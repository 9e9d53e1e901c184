package content

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/strategy"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Changed is the channel on which Postgres says that published content has
// changed; it carries no payload.
const Changed = "content_changed"

// importLock keeps two imports from running at once; the number is arbitrary.
const importLock = 7_204_001

// Import puts a pack's content in the place of all that is published, in one
// transaction. A pack with faults changes nothing; the error is its Faults.
func Import(ctx context.Context, db postgres.DB, files fs.FS) error {
	pack, err := Parse(files)
	if err != nil {
		return err
	}
	err = postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := lockImport(ctx, tx); err != nil {
			return err
		}
		return replace(ctx, tx, pack)
	})
	if err != nil {
		return fmt.Errorf("importing content: %w", err)
	}
	return nil
}

// ImportIfEmpty imports a pack where nothing is published yet, and reports
// whether it did. Where there is content but no rules or bank holidays, because it
// was published before these were kept with it, only the pack's are imported.
func ImportIfEmpty(ctx context.Context, db postgres.DB, files fs.FS) (bool, error) {
	imported := false
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := lockImport(ctx, tx); err != nil {
			return err
		}
		var published bool
		err := tx.QueryRow(ctx, `
			select exists (select from faculty) or exists (select from profession)
				or exists (select from page) or exists (select from strategy)`).Scan(&published)
		if err != nil {
			return err
		}
		if published {
			return addMissing(ctx, tx, files)
		}
		pack, err := Parse(files)
		if err != nil {
			return err
		}
		imported = true
		return replace(ctx, tx, pack)
	})
	if err != nil {
		return false, fmt.Errorf("importing content: %w", err)
	}
	return imported, nil
}

// addMissing imports a pack's rules and its bank holidays where there are none.
func addMissing(ctx context.Context, tx pgx.Tx, files fs.FS) error {
	rules, days := updating.Store{DB: tx}, workday.Store{DB: tx}
	book, err := rules.Book(ctx)
	if err != nil {
		return err
	}
	holidays, err := days.Holidays(ctx)
	if err != nil || len(book.Figures) > 0 && len(holidays) > 0 {
		return err
	}
	pack, err := Parse(files)
	if err != nil {
		return err
	}
	if len(holidays) == 0 {
		if err := days.Replace(ctx, pack.Holidays); err != nil {
			return err
		}
	}
	if len(book.Figures) > 0 {
		return nil
	}
	return rules.Replace(ctx, pack.Rules)
}

// ChangeRules changes the book of rules and brings up to date what is made of
// it: the search index, and the pages that are kept in memory.
func ChangeRules(ctx context.Context, db postgres.DB, change func(rules *updating.Store) error) error {
	return changeFigures(ctx, db, func(tx pgx.Tx) error { return change(&updating.Store{DB: tx}) })
}

// SetPeriod sets how long something is kept, and brings up to date what says
// so, as ChangeRules does.
func SetPeriod(ctx context.Context, kept retention.Store, by retention.By, c retention.Change) error {
	return changeFigures(ctx, kept.DB, func(tx pgx.Tx) error {
		kept.DB = tx
		return kept.Set(ctx, by, c)
	})
}

// SetReplyTimes sets within how many working days the faculty replies, and
// brings up to date what says so, as ChangeRules does.
func SetReplyTimes(ctx context.Context, db postgres.DB, by faculty.By, n faculty.NewReplyTimes) error {
	return changeFigures(ctx, db, func(tx pgx.Tx) error {
		return (&faculty.Store{DB: tx}).SetReplyTimes(ctx, by, n)
	})
}

// changeFigures changes what placeholders stand for, or pages print.
func changeFigures(ctx context.Context, db postgres.DB, change func(tx pgx.Tx) error) error {
	return postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := lockImport(ctx, tx); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		pack, err := load(ctx, tx)
		if err != nil {
			return err
		}
		return published(ctx, tx, pack)
	})
}

func lockImport(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, importLock)
	return err
}

func replace(ctx context.Context, tx pgx.Tx, pack Pack) error {
	professions := profession.Store{DB: tx}
	if err := professions.Replace(ctx, pack.Professions); err != nil {
		return err
	}
	faculties := faculty.Store{DB: tx}
	if err := faculties.Replace(ctx, pack.Faculty, pack.Organisations, pack.Groups); err != nil {
		return err
	}
	strategies := strategy.Store{DB: tx}
	if err := strategies.Replace(ctx, pack.Strategies); err != nil {
		return err
	}
	rules := updating.Store{DB: tx}
	if err := rules.Replace(ctx, pack.Rules); err != nil {
		return err
	}
	days := workday.Store{DB: tx}
	if err := days.Replace(ctx, pack.Holidays); err != nil {
		return err
	}
	pages := Store{DB: tx}
	if err := pages.Replace(ctx, pack.Pages); err != nil {
		return err
	}
	return published(ctx, tx, pack)
}

// published makes what is made of a pack that has just been stored, and tells
// those who keep pages.
func published(ctx context.Context, tx pgx.Tx, pack Pack) error {
	pages := Store{DB: tx}
	if err := pages.index(ctx, tx, pack); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `select pg_notify($1, '')`, Changed)
	return err
}

// Load reads all that is published as one pack.
func Load(ctx context.Context, db postgres.DB) (Pack, error) {
	var pack Pack
	err := postgres.InTx(ctx, db, func(tx pgx.Tx) error {
		// The lock keeps an import from landing between the reads below.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock_shared($1)`, importLock); err != nil {
			return err
		}
		var err error
		pack, err = load(ctx, tx)
		return err
	})
	if err != nil {
		return Pack{}, fmt.Errorf("reading all content: %w", err)
	}
	return pack, nil
}

func load(ctx context.Context, tx pgx.Tx) (Pack, error) {
	professions, faculties := profession.Store{DB: tx}, faculty.Store{DB: tx}
	strategies, rules, pages := strategy.Store{DB: tx}, updating.Store{DB: tx}, Store{DB: tx}
	days := workday.Store{DB: tx}
	var p Pack
	var err error
	if p.Professions, err = professions.Pages(ctx); err != nil {
		return Pack{}, err
	}
	if p.Faculty, err = faculties.Details(ctx); err != nil {
		return Pack{}, err
	}
	if p.Organisations, err = faculties.Organisations(ctx); err != nil {
		return Pack{}, err
	}
	if p.Groups, err = faculties.Groups(ctx); err != nil {
		return Pack{}, err
	}
	if p.Strategies, err = strategies.All(ctx); err != nil {
		return Pack{}, err
	}
	if p.Rules, err = rules.Book(ctx); err != nil {
		return Pack{}, err
	}
	if p.Holidays, err = days.Holidays(ctx); err != nil {
		return Pack{}, err
	}
	p.Pages, err = pages.AllPages(ctx)
	return p, err
}

// Export writes all that is published into a folder, as the files that Import
// reads. Files of the pack that are there already are written over; others are
// left alone.
func Export(ctx context.Context, db postgres.DB, dir string) error {
	pack, err := Load(ctx, db)
	if err != nil {
		return err
	}
	files, err := pack.Render()
	if err != nil {
		return fmt.Errorf("exporting content: %w", err)
	}
	for _, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("exporting content: %w", err)
		}
		if err := os.WriteFile(path, file.Body, 0o644); err != nil {
			return fmt.Errorf("exporting content: %w", err)
		}
	}
	return nil
}
