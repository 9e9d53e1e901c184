package subject

import (
	"context"
	"fmt"
	"strings"

	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
)

// Named is a thing that has a reference: an expression, an enquiry or an offer.
type Named struct {
	Kind      string // as the audit has it
	ID        string
	Reference string
}

// the three tables as one; what was erased is in none.
const named = `
	select 'expression' as kind, id::text as id, reference from expression where %[1]s
	union all select 'enquiry', id::text, reference from enquiry where %[1]s
	union all select 'offer', id::text, reference from offer where %[1]s`

// Named gives the things of the ids that are still kept, by their ids; ids that
// are none of a thing are left out.
func (s *Store) Named(ctx context.Context, ids []string) (map[string]Named, error) {
	list, err := postgres.List[Named](ctx, s.DB, fmt.Sprintf(named, `id = any($1::text[]::uuid[])`), ids)
	if err != nil {
		return nil, fmt.Errorf("looking for references: %w", err)
	}
	byID := map[string]Named{}
	for _, one := range list {
		byID[one.ID] = one
	}
	return byID, nil
}

// Find gives the thing of a reference, however it is written; a NotFound fault
// where there is none, as after it was erased.
func (s *Store) Find(ctx context.Context, written string) (Named, error) {
	found, err := postgres.One[Named](ctx, s.DB, fmt.Sprintf(named, `reference = $1`), normal(written))
	if err != nil {
		return Named{}, fmt.Errorf("looking for a reference: %w", err)
	}
	return found, nil
}

// normal is a reference as it is kept. Its prefix, a vowel, tells an enquiry
// and an offer from an expression.
func normal(written string) string {
	for _, prefix := range []string{enquiry.Prefix, offer.Prefix} {
		if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(written)), prefix) {
			return reference.Normal(written, prefix)
		}
	}
	return interest.NormalReference(written)
}
