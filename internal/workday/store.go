package workday

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Store keeps the bank holidays that are known. Every exported method is one
// transaction, a savepoint where DB is a transaction.
type Store struct {
	DB postgres.DB
}

type row struct {
	Day     time.Time
	Name    string
	AddedBy string
}

// Holidays gives the bank holidays, the earliest first.
func (s Store) Holidays(ctx context.Context) ([]Holiday, error) {
	rows, err := postgres.List[row](ctx, s.DB, `
		select day, name, coalesce(added_by::text, '') as added_by from bank_holiday order by day`)
	if err != nil {
		return nil, fmt.Errorf("listing bank holidays: %w", err)
	}
	holidays := make([]Holiday, len(rows))
	for i, r := range rows {
		holidays[i] = Holiday{Day: updating.DateOf(r.Day), Name: r.Name, AddedBy: r.AddedBy}
	}
	return holidays, nil
}

// Replace puts these bank holidays in the place of all that came with the
// content. Those that staff added stay, but for a day that is among these. What
// is there already is not touched: each change makes the days again by which
// cases are due.
func (s Store) Replace(ctx context.Context, holidays []Holiday) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		days, names := make([]time.Time, len(holidays)), make([]string, len(holidays))
		for i, h := range holidays {
			days[i], names[i] = h.Day.Time(), h.Name
		}
		if _, err := tx.Exec(ctx, `delete from bank_holiday where added_by is null and day <> all($1::date[])`, days); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into bank_holiday (day, name) select day, name from unnest($1::date[], $2::text[]) as h (day, name)
			on conflict (day) do update set name = excluded.name, added_by = null
			where bank_holiday.name <> excluded.name or bank_holiday.added_by is not null`, days, names)
		return err
	})
	if err != nil {
		return fmt.Errorf("replacing bank holidays: %w", err)
	}
	return nil
}

// Add adds a bank holiday. A day that is one already gives ErrKnown, unless it
// has the same name: the same form again does nothing.
func (s Store) Add(ctx context.Context, by By, n NewHoliday, today updating.Date) error {
	h := n.Holiday()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if n.Validate(today).Any() {
			return fault.Invalid
		}
		added, err := tx.Exec(ctx, `insert into bank_holiday (day, name, added_by) values ($1, $2, $3) on conflict (day) do nothing`,
			h.Day.Time(), h.Name, by.StaffID)
		if err != nil {
			return err
		}
		if added.RowsAffected() > 0 {
			return record(ctx, tx, by, "bank-holiday.add", h.Day)
		}
		known, err := postgres.One[struct{ Name string }](ctx, tx, `select name from bank_holiday where day = $1`, h.Day.Time())
		if err == nil && known.Name != h.Name {
			err = ErrKnown
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("adding the bank holiday %s: %w", h.Day, err)
	}
	return nil
}

// Remove takes a bank holiday off the list that staff added. One that came with
// the content is an Invalid fault; one that is not there is removed already.
func (s Store) Remove(ctx context.Context, by By, day updating.Date) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		removed, err := tx.Exec(ctx, `delete from bank_holiday where day = $1 and added_by is not null`, day.Time())
		if err != nil {
			return err
		}
		if removed.RowsAffected() > 0 {
			return record(ctx, tx, by, "bank-holiday.remove", day)
		}
		var there bool
		err = tx.QueryRow(ctx, `select exists (select from bank_holiday where day = $1)`, day.Time()).Scan(&there)
		if there {
			err = fault.Invalid
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("removing the bank holiday %s: %w", day, err)
	}
	return nil
}

func record(ctx context.Context, tx pgx.Tx, by By, action string, day updating.Date) error {
	return audit.Record(ctx, tx, audit.Entry{
		ActorKind: audit.Staff, ActorID: by.StaffID, Action: action,
		SubjectKind: "bank-holiday", SubjectID: day.String(), Outcome: audit.Done, RequestID: by.RequestID,
	})
}
