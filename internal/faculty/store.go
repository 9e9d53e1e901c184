package faculty

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// Store reads and writes what belongs to the faculty.
type Store struct {
	DB postgres.DB
}

// Details gives what the faculty says about itself; a NotFound fault before
// any content was imported.
func (s *Store) Details(ctx context.Context) (Details, error) {
	details, err := postgres.One[Details](ctx, s.DB, `
		select name, short_name, ics, area, motto, controller, controller_address, data_protection_officer,
			contact_email, contact_phone, contact_hours, contact_post, reply_working_days,
			accessibility_reply_working_days, security_contact
		from faculty`)
	if err != nil {
		return Details{}, fmt.Errorf("reading the faculty's details: %w", err)
	}
	return details, nil
}

// Organisations gives the members, in their order.
func (s *Store) Organisations(ctx context.Context) ([]Organisation, error) {
	organisations, err := postgres.List[Organisation](ctx, s.DB, `
		select slug, name, abbreviation, kind, note, position from organisation order by position, name`)
	if err != nil {
		return nil, fmt.Errorf("listing organisations: %w", err)
	}
	return organisations, nil
}

const selectGroups = `
	select g.slug, g.name, g.kind, g.position, g.summary, g.aim, g.project, g.partners_note, g.state, g.state_note,
		g.facts, g.to_add, g.reviewed, g.review_by,
		(select array_agg(p.organisation_slug order by p.position)
			from faculty_group_partner p where p.group_slug = g.slug) as partners
	from faculty_group g`

// Groups gives every group: action groups first, each kind in its order.
func (s *Store) Groups(ctx context.Context) ([]Group, error) {
	groups, err := postgres.List[Group](ctx, s.DB, selectGroups+` order by g.kind, g.position, g.slug`)
	if err != nil {
		return nil, fmt.Errorf("listing groups: %w", err)
	}
	return groups, nil
}

// Group gives one group; a NotFound fault when there is none of that slug.
func (s *Store) Group(ctx context.Context, slug string) (Group, error) {
	group, err := postgres.One[Group](ctx, s.DB, selectGroups+` where g.slug = $1`, slug)
	if err != nil {
		return Group{}, fmt.Errorf("reading group %q: %w", slug, err)
	}
	return group, nil
}

// Replace puts these details, organisations and groups in the place of all
// that there are.
func (s *Store) Replace(ctx context.Context, d Details, organisations []Organisation, groups []Group) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		for _, table := range []string{"faculty_group", "organisation"} {
			if _, err := tx.Exec(ctx, `delete from `+table); err != nil {
				return err
			}
		}
		if err := putDetails(ctx, tx, d); err != nil {
			return err
		}
		if err := insertOrganisations(ctx, tx, organisations); err != nil {
			return err
		}
		return insertGroups(ctx, tx, groups)
	})
	if err != nil {
		return fmt.Errorf("replacing the faculty: %w", err)
	}
	return nil
}

// putDetails changes the row that is there: whether the time of replying is
// another one decides whether cases are due on other days.
func putDetails(ctx context.Context, tx pgx.Tx, d Details) error {
	const columns = `name, short_name, ics, area, motto, controller, controller_address,
		data_protection_officer, contact_email, contact_phone, contact_hours, contact_post,
		reply_working_days, accessibility_reply_working_days, security_contact`
	const values = `($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
	_, err := tx.Exec(ctx, `
		insert into faculty (`+columns+`) values `+values+`
		on conflict (only_row) do update set (`+columns+`) = `+values,
		d.Name, d.ShortName, d.ICS, d.Area, d.Motto, d.Controller, d.ControllerAddress,
		d.DataProtectionOfficer, d.ContactEmail, d.ContactPhone, d.ContactHours, d.ContactPost,
		d.ReplyWorkingDays, d.AccessibilityReplyWorkingDays, d.SecurityContact)
	return err
}

func insertOrganisations(ctx context.Context, tx pgx.Tx, organisations []Organisation) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"organisation"},
		[]string{"slug", "name", "abbreviation", "kind", "note", "position"},
		pgx.CopyFromSlice(len(organisations), func(i int) ([]any, error) {
			o := organisations[i]
			return []any{o.Slug, o.Name, o.Abbreviation, o.Kind, o.Note, o.Position}, nil
		}))
	return err
}

func insertGroups(ctx context.Context, tx pgx.Tx, groups []Group) error {
	var rows, partners [][]any
	for _, g := range groups {
		rows = append(rows, []any{g.Slug, g.Name, g.Kind, g.Position, g.Summary, g.Aim, g.Project, g.PartnersNote,
			g.State, g.StateNote, g.Facts, g.ToAdd, g.Reviewed, g.ReviewBy})
		for i, organisation := range g.Partners {
			partners = append(partners, []any{g.Slug, organisation, i + 1})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"faculty_group"},
		[]string{"slug", "name", "kind", "position", "summary", "aim", "project", "partners_note",
			"state", "state_note", "facts", "to_add", "reviewed", "review_by"}, pgx.CopyFromRows(rows))
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"faculty_group_partner"},
		[]string{"group_slug", "organisation_slug", "position"}, pgx.CopyFromRows(partners))
	return err
}
