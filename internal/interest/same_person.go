package interest

import (
	"context"
	"fmt"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// DraftsOf gives the drafts that belong to an expression: the one that it was
// sent from, as long as it is there, and those that were not sent and have its
// email address.
func (s *Store) DraftsOf(ctx context.Context, e Expression) ([]Draft, error) {
	drafts, err := postgres.List[Draft](ctx, s.DB, `
		select `+draftColumns+` from draft
		where reference = $1 or email = $2 and email <> ''
		order by created_at, id`, e.Reference, NormalEmail(e.Answers.Email.Address))
	if err != nil {
		return nil, fmt.Errorf("reading the drafts of expression %s: %w", e.ID, err)
	}
	rules := updating.Store{DB: s.DB}
	book, err := rules.Book(ctx)
	for i := range drafts {
		drafts[i].Answers.On, drafts[i].Answers.Book = DayOf(s.Now()), book
	}
	return drafts, err
}

// OthersOf gives the references of the other expressions with the email address
// of one, the oldest first.
func (s *Store) OthersOf(ctx context.Context, e Expression) ([]string, error) {
	others, err := postgres.List[struct{ Reference string }](ctx, s.DB, `
		select reference from expression where lower(email) = lower($1) and email <> '' and id <> $2 order by received_at, id`, e.Answers.Email.Address, e.ID)
	if err != nil {
		return nil, fmt.Errorf("reading what else has the address of expression %s: %w", e.ID, err)
	}
	var references []string
	for _, one := range others {
		references = append(references, one.Reference)
	}
	return references, nil
}
