package interest

import (
	"context"
	"fmt"
	"time"

	"ahpfaculty/internal/postgres"
)

// Duplicate is another expression that may be the same person's, and what says
// so.
type Duplicate struct {
	Reference  string
	Stage      Stage
	ReceivedAt time.Time
	SameEmail  bool
	SameName   bool // and the same profession
	SameNumber bool // on the register
}

// Duplicates are the other expressions that may be the same person's: a hint to
// look, never a reason to merge.
type Duplicates struct {
	Rows  []Duplicate // the newest, at most 5
	Total int
}

// duplicatesAtMost is how many stand beside a case.
const duplicatesAtMost = 5

// selectDuplicates finds each kind of match by an index of its own. What is
// shown is taken from there: a join with the table would read all of it where
// Postgres expects many matches.
const selectDuplicates = `
	select reference, stage, received_at, bool_or(what = 'email') as same_email, bool_or(what = 'name') as same_name,
		bool_or(what = 'number') as same_number, count(*) over () as total
	from (
		select 'email' as what, id, reference, stage, received_at from expression
		where set_aside_at is null and lower(email) = lower($2) and email <> ''
		union all
		select 'name', id, reference, stage, received_at from expression
		where set_aside_at is null and profession = $3 and person_key(name) = person_key($4) and person_key($4) <> ''
		union all
		select 'number', id, reference, stage, received_at from expression
		where set_aside_at is null and register_number = $5 and register_number <> ''
	) matches
	where id <> $1
	group by id, reference, stage, received_at
	order by received_at desc, id desc
	limit $6`

// DuplicatesOf gives the other expressions that may be from the person who sent
// one: those with the same email address, the same name and profession, or the
// same register number. Capitals do not matter, nor do accents and hyphens in
// names.
func (s *Store) DuplicatesOf(ctx context.Context, e Expression) (Duplicates, error) {
	a, number := e.Answers, ""
	if a.RegisterNumber != nil {
		number = a.RegisterNumber.Number
	}
	type found struct {
		Duplicate
		Total int
	}
	rows, err := postgres.List[found](ctx, s.DB, selectDuplicates,
		e.ID, a.Email.Address, a.Profession.Slug, a.Name.Full, number, duplicatesAtMost)
	if err != nil {
		return Duplicates{}, fmt.Errorf("finding duplicates of expression %s: %w", e.ID, err)
	}
	var d Duplicates
	for _, r := range rows {
		d.Rows, d.Total = append(d.Rows, r.Duplicate), r.Total
	}
	return d, nil
}
