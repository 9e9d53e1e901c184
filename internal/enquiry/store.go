package enquiry

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// Prefix stands before an enquiry's reference, so that it is not taken for an
// expression's.
const Prefix = "E"

// Store keeps enquiries. Every exported method is one transaction, a savepoint
// where DB is a transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
	Random io.Reader // for references: crypto/rand.Reader
}

// now is stored: UTC, in the microseconds that Postgres keeps.
func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// Today is the day it is in England, by which an enquiry is late or not.
func (s *Store) Today() updating.Date { return workday.DayOf(s.Now()) }

// row is an enquiry as the database keeps it.
type row struct {
	ID, Reference, Kind, State, Message, Page, Name, Email, Phone, Suspicion, AnsweredBy string
	ReceivedAt, Due, StateSince                                                          time.Time
	Version                                                                              int
}

const selectRow = `
	select id::text, reference, kind, state, message, page, name, email, phone, coalesce(suspicion, '') as suspicion,
		coalesce(answered_by, '') as answered_by, received_at, due, state_since, version
	from enquiry`

func (r row) enquiry() Enquiry {
	return Enquiry{
		ID: r.ID, Reference: r.Reference, Kind: Kind(r.Kind), State: State(r.State), Message: r.Message, Page: r.Page,
		Name: r.Name, Email: r.Email, Phone: r.Phone, ReceivedAt: r.ReceivedAt, Due: updating.DateOf(r.Due),
		Suspicion: suspect.Suspicion(r.Suspicion), StateSince: r.StateSince, AnsweredBy: How(r.AnsweredBy), Version: r.Version,
	}
}

// ByReference gives an enquiry with its timeline by its reference, however that
// is written; a NotFound fault when there is none.
func (s *Store) ByReference(ctx context.Context, written string) (Case, error) {
	var c Case
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		r, err := postgres.One[row](ctx, tx, selectRow+` where reference = $1`, reference.Normal(written, Prefix))
		if err != nil {
			return err
		}
		c, err = readCase(ctx, tx, r)
		return err
	})
	if err != nil {
		return Case{}, fmt.Errorf("reading an enquiry: %w", err)
	}
	return c, nil
}

// readCase reads the timeline of an enquiry.
func readCase(ctx context.Context, tx pgx.Tx, r row) (Case, error) {
	events, err := postgres.List[Event](ctx, tx, `
		select id, at, kind, actor_kind, actor_id, how, note from enquiry_event where enquiry_id = $1 order by id desc`, r.ID)
	return Case{Enquiry: r.enquiry(), Events: events}, err
}

// ByEmail gives the enquiries that were sent with an email address, with their
// timelines, the oldest first.
func (s *Store) ByEmail(ctx context.Context, email string) ([]Case, error) {
	var cases []Case
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		rows, err := postgres.List[row](ctx, tx, selectRow+` where email <> '' and lower(email) = lower($1) order by received_at, id`, email)
		for _, r := range rows {
			c, err := readCase(ctx, tx, r)
			if err != nil {
				return err
			}
			cases = append(cases, c)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the enquiries of an address: %w", err)
	}
	return cases, nil
}

// ByID gives an enquiry by its id; a NotFound fault when there is none.
func (s *Store) ByID(ctx context.Context, id string) (Enquiry, error) {
	if uuid.Validate(id) != nil {
		return Enquiry{}, fmt.Errorf("reading an enquiry of a malformed id: %w", fault.NotFound)
	}
	r, err := postgres.One[row](ctx, s.DB, selectRow+` where id = $1`, id)
	if err != nil {
		return Enquiry{}, fmt.Errorf("reading enquiry %s: %w", id, err)
	}
	return r.enquiry(), nil
}

// PageSize is how many enquiries a page of the list shows.
const PageSize = 25

// maxPageNumber keeps a forged page number from overflowing the offset.
const maxPageNumber = 1_000_000

// Filter chooses enquiries; a zero field chooses by nothing, but what is set
// aside shows only where that is asked for.
type Filter struct {
	State State
	Kind  Kind
	Page  int // from 1; less is 1
}

// Summary is one enquiry as the list shows it.
type Summary struct {
	Reference  string
	Kind       Kind
	State      State
	Name       string
	ReceivedAt time.Time
	Due        updating.Date
	Late       bool
}

// Page is one page of the list, the newest enquiry first.
type Page struct {
	Rows   []Summary
	Total  int // enquiries on all pages
	Number int // from 1
	Pages  int // at least 1
}

type summaryRow struct {
	Reference, Kind, State, Name string
	ReceivedAt, Due              time.Time
}

// List gives a page of the enquiries that a filter chooses. A page after the
// last has no rows.
func (s *Store) List(ctx context.Context, f Filter) (Page, error) {
	page := Page{Number: min(max(1, f.Page), maxPageNumber)}
	where, args := f.where()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select count(*) from enquiry`+where, args).Scan(&page.Total); err != nil {
			return err
		}
		args["limit"], args["offset"] = PageSize, (page.Number-1)*PageSize
		rows, err := postgres.List[summaryRow](ctx, tx, `
			select reference, kind, state, name, received_at, due from enquiry`+where+`
			order by received_at desc, id desc
			limit @limit offset @offset`, args)
		for _, r := range rows {
			due := updating.DateOf(r.Due)
			page.Rows = append(page.Rows, Summary{
				Reference: r.Reference, Kind: Kind(r.Kind), State: State(r.State), Name: r.Name,
				ReceivedAt: r.ReceivedAt, Due: due, Late: late(State(r.State), due, s.Today()),
			})
		}
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("listing enquiries: %w", err)
	}
	page.Pages = max(1, (page.Total+PageSize-1)/PageSize)
	return page, nil
}

func (f Filter) where() (string, pgx.NamedArgs) {
	args := pgx.NamedArgs{}
	conditions := []string{"state <> 'set-aside'"}
	if f.State != "" {
		conditions = []string{"state = @state"}
		args["state"] = f.State
	}
	if f.Kind != "" {
		conditions = append(conditions, "kind = @kind")
		args["kind"] = f.Kind
	}
	return " where " + strings.Join(conditions, " and "), args
}

// Counts are how many enquiries somebody should look at.
type Counts struct {
	Open     int
	Late     int // of the open ones
	SetAside int
}

// Count counts the enquiries that somebody should look at.
func (s *Store) Count(ctx context.Context) (Counts, error) {
	counts, err := postgres.One[Counts](ctx, s.DB, `
		select count(*) filter (where state = 'open') as open,
			count(*) filter (where state = 'open' and due < $1) as late,
			count(*) filter (where state = 'set-aside') as set_aside
		from enquiry where state <> 'answered'`, s.Today().Time())
	if err != nil {
		return Counts{}, fmt.Errorf("counting enquiries: %w", err)
	}
	return counts, nil
}

// PurgeAnswered deletes the enquiries that were answered before a time, with
// what says that their senders were written to, and says how many. The audit,
// which holds no personal value, stays.
func (s *Store) PurgeAnswered(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, Answered, before)
}

// PurgeSetAside deletes the enquiries that were set aside before a time as
// PurgeAnswered does.
func (s *Store) PurgeSetAside(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, SetAside, before)
}

func (s *Store) purge(ctx context.Context, state State, before time.Time) (int64, error) {
	var gone []struct{ ID string }
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		gone, err = postgres.List[struct{ ID string }](ctx, tx, `
			delete from enquiry where state = $1 and state_since < $2 returning id::text`, state, before)
		mails := mail.Store{DB: tx}
		for _, one := range gone {
			if err == nil {
				err = mails.Forget(ctx, one.ID)
			}
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purging enquiries that are %s: %w", state, err)
	}
	return int64(len(gone)), nil
}
