package notice

import (
	"context"
	"fmt"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// Part is what a mail tells of a kind.
type Part struct {
	Kind       Kind
	References []string // of the cases
}

// Told gives the address that a mail of notices goes to and what it tells, as
// far as it still holds: a case that was given on meanwhile, or is not late any
// more, is left out. Who may not be told any more, and nothing to tell, is a
// Conflict fault.
func (s *Store) Told(ctx context.Context, recipient, batch string) (to string, parts []Part, err error) {
	if to, err = s.address(ctx, recipient); err != nil {
		return "", nil, fmt.Errorf("finding who is told: %w", err)
	}
	list, err := postgres.List[struct {
		Kind      Kind
		Reference string
	}](ctx, s.DB, `
		select distinct n.kind, x.reference from notice n join expression x on x.id = n.expression_id
		where n.recipient = $1 and n.batch::text = $2 and x.set_aside_at is null
			and (n.kind <> 'assigned' or x.assignee_id::text = n.recipient)
			and (n.kind not in ('due-soon', 'late') or x.due_on::text = n.occasion)
		order by x.reference`, recipient, batch)
	if err != nil {
		return "", nil, fmt.Errorf("reading what %s is told: %w", recipient, err)
	}
	for _, kind := range Kinds() {
		part := Part{Kind: kind}
		for _, one := range list {
			if one.Kind == kind {
				part.References = append(part.References, one.Reference)
			}
		}
		if len(part.References) > 0 {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return "", nil, fmt.Errorf("nothing to tell %s any more: %w", recipient, fault.Conflict)
	}
	return to, parts, nil
}

func (s *Store) address(ctx context.Context, recipient string) (string, error) {
	if recipient == mailbox {
		m, err := s.Mailbox(ctx)
		if err == nil && m.Email == "" {
			err = fmt.Errorf("there is no shared mailbox any more: %w", fault.Conflict)
		}
		return m.Email, err
	}
	account, err := (&staff.Store{DB: s.DB}).ByID(ctx, recipient)
	if err == nil && !MayBeTold(account) {
		err = fmt.Errorf("%s may not be told any more: %w", recipient, fault.Conflict)
	}
	return account.Email, err
}
