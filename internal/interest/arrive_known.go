package interest

import (
	"context"
	"fmt"

	"ahpfaculty/internal/postgres"
)

// Known is what the portal has of what cases from a spreadsheet say.
type Known struct {
	References map[string]bool   // that are taken
	Erased     map[string]bool   // references of cases that were erased
	Emails     map[string]string // normal addresses, with the reference of a case that has it
	Numbers    map[string]string // register numbers, with the reference of a case that has it
}

// KnownOf looks for references, normal email addresses and register numbers.
// Cases of the import itself are passed over.
func (s *Store) KnownOf(ctx context.Context, importID string, references, emails, numbers []string) (Known, error) {
	found, err := postgres.List[struct{ Kind, Value, Reference string }](ctx, s.DB, `
		select 'reference' as kind, reference as value, reference from expression where reference = any($2)
		union all
		select 'erased', r, r from unnest($2::text[]) r
		where exists (select from erased_reference where hash = sha256(convert_to(r, 'UTF8')))
		union all
		select 'email', lower(email), min(reference) from expression
		where lower(email) = any($3) and email <> '' and set_aside_at is null and import_id is distinct from $1 group by 2
		union all
		select 'number', register_number, min(reference) from expression
		where register_number = any($4) and register_number <> '' and set_aside_at is null and import_id is distinct from $1 group by 2`,
		importID, references, emails, numbers)
	if err != nil {
		return Known{}, fmt.Errorf("looking for what is in the portal already: %w", err)
	}
	k := Known{References: map[string]bool{}, Erased: map[string]bool{}, Emails: map[string]string{}, Numbers: map[string]string{}}
	for _, one := range found {
		switch one.Kind {
		case "reference":
			k.References[one.Value] = true
		case "erased":
			k.Erased[one.Value] = true
		case "email":
			k.Emails[one.Value] = one.Reference
		case "number":
			k.Numbers[one.Value] = one.Reference
		}
	}
	return k, nil
}
