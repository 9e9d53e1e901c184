package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// Choices gives how somebody is told each kind: as they chose, or as usual.
func (s *Store) Choices(ctx context.Context, accountID string) (Choices, error) {
	chosen, err := postgres.List[struct {
		Kind Kind
		How  How
	}](ctx, s.DB, `select kind, how from notice_choice where account_id = $1`, accountID)
	if err != nil {
		return nil, fmt.Errorf("reading what %s is told: %w", accountID, err)
	}
	c := Choices{}
	for _, kind := range Kinds() {
		c[kind] = kind.Usual()
	}
	for _, one := range chosen {
		c[one.Kind] = one.How
	}
	return c, nil
}

// Choose keeps how somebody is told. What waits and is not wanted any more is
// forgotten with the next look.
func (s *Store) Choose(ctx context.Context, by staff.By, c Choices) error {
	if c.Validate().Any() {
		return fmt.Errorf("choosing what %s is told: %w", by.ActorID, fault.Invalid)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		for _, kind := range Kinds() {
			if _, err := tx.Exec(ctx, `
				insert into notice_choice (account_id, kind, how, changed_at) values ($1, $2, $3, $4)
				on conflict (account_id, kind) do update set how = excluded.how, changed_at = excluded.changed_at`,
				by.ActorID, kind, c[kind], s.Now()); err != nil {
				return err
			}
		}
		return record(ctx, tx, by, "notice.choose", "staff", by.ActorID, c.detail(Kinds()))
	})
	if err != nil {
		return fmt.Errorf("choosing what %s is told: %w", by.ActorID, err)
	}
	return nil
}

// Mailbox gives the shared mailbox.
func (s *Store) Mailbox(ctx context.Context) (Mailbox, error) {
	row, err := postgres.One[struct {
		Email                        string
		Version                      int
		ChangedAt                    *time.Time
		ChangedBy                    string
		New, Answered, DueSoon, Late How
	}](ctx, s.DB, `select email, version, changed_at, changed_by, "new", answered, "due-soon" as due_soon, late from notice_mailbox`)
	if err != nil {
		return Mailbox{}, fmt.Errorf("reading the shared mailbox: %w", err)
	}
	return Mailbox{
		Email: row.Email, Version: row.Version, ChangedAt: row.ChangedAt, ChangedBy: row.ChangedBy,
		Choices: Choices{New: row.New, Answered: row.Answered, DueSoon: row.DueSoon, Late: row.Late},
	}, nil
}

// SetMailbox sets the shared mailbox; ErrChanged where somebody else did since
// the version that it has.
func (s *Store) SetMailbox(ctx context.Context, by staff.By, m Mailbox) error {
	if m.Validate().Any() {
		return fmt.Errorf("setting the shared mailbox: %w", fault.Invalid)
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update notice_mailbox
			set email = $1, "new" = $2, answered = $3, "due-soon" = $4, late = $5, changed_at = $6, changed_by = $7, version = version + 1
			where version = $8`,
			staff.NormalEmail(m.Email), m.Choices[New], m.Choices[Answered], m.Choices[DueSoon], m.Choices[Late], s.Now(), by.ActorID, m.Version)
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrChanged
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, by, "mailbox.set", "mailbox", "", m.Choices.detail(MailboxKinds()))
	})
	if err != nil {
		return fmt.Errorf("setting the shared mailbox: %w", err)
	}
	return nil
}

func record(ctx context.Context, db postgres.DB, by staff.By, action, kind, id, detail string) error {
	return audit.Record(ctx, db, audit.Entry{
		ActorKind: audit.Staff, ActorID: by.ActorID, Action: action, SubjectKind: kind, SubjectID: id,
		Outcome: audit.Done, RequestID: by.RequestID, Detail: detail,
	})
}
