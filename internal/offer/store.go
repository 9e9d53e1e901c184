package offer

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

// Prefix stands before an offer's reference, so that it is not taken for an
// expression's or an enquiry's. An O would be taken for a zero.
const Prefix = "A"

// Store keeps offers. Every exported method is one transaction, a savepoint
// where DB is a transaction.
type Store struct {
	DB     postgres.DB
	Outbox mail.Outbox
	Now    func() time.Time
	Random io.Reader // for references: crypto/rand.Reader
}

// now is stored: UTC, in the microseconds that Postgres keeps.
func (s *Store) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// Today is the day it is in England, before which no offer may start.
func (s *Store) Today() updating.Date { return workday.DayOf(s.Now()) }

// row is an offer as the database keeps it.
type row struct {
	ID, Reference, State, Organisation, Site, Profession, Branch, Name, Email, Phone, More, Suspicion string
	StartsOn, ReceivedAt, StateSince                                                                  time.Time
	Days, Version                                                                                     int
}

const selectRow = `
	select id::text, reference, state, organisation, site, profession, branch, starts_on, days, name, email, phone, more,
		received_at, coalesce(suspicion, '') as suspicion, state_since, version
	from offer`

func (r row) offer() Offer {
	return Offer{
		ID: r.ID, Reference: r.Reference, State: State(r.State), Organisation: r.Organisation, Site: r.Site,
		Work: Work{r.Profession, r.Branch}, From: monthOf(r.StartsOn), Days: Days(r.Days),
		Name: r.Name, Email: r.Email, Phone: r.Phone, More: r.More, ReceivedAt: r.ReceivedAt,
		Suspicion: suspect.Suspicion(r.Suspicion), StateSince: r.StateSince, Version: r.Version,
	}
}

func monthOf(day time.Time) updating.When { return updating.When{Year: day.Year(), Month: day.Month()} }

// ByReference gives an offer with its timeline by its reference, however that is
// written; a NotFound fault when there is none.
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
		return Case{}, fmt.Errorf("reading an offer: %w", err)
	}
	return c, nil
}

// readCase reads the timeline of an offer.
func readCase(ctx context.Context, tx pgx.Tx, r row) (Case, error) {
	events, err := postgres.List[Event](ctx, tx, `
		select id, at, kind, actor_kind, actor_id, note from offer_event where offer_id = $1 order by id desc`, r.ID)
	return Case{Offer: r.offer(), Events: events}, err
}

// ByEmail gives the offers whose contact has an email address, with their
// timelines, the oldest first.
func (s *Store) ByEmail(ctx context.Context, email string) ([]Case, error) {
	var cases []Case
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		rows, err := postgres.List[row](ctx, tx, selectRow+` where lower(email) = lower($1) order by received_at, id`, email)
		if err != nil {
			return err
		}
		for _, r := range rows {
			c, err := readCase(ctx, tx, r)
			if err != nil {
				return err
			}
			cases = append(cases, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the offers of an address: %w", err)
	}
	return cases, nil
}

// ByID gives an offer by its id; a NotFound fault when there is none.
func (s *Store) ByID(ctx context.Context, id string) (Offer, error) {
	if uuid.Validate(id) != nil {
		return Offer{}, fmt.Errorf("reading an offer of a malformed id: %w", fault.NotFound)
	}
	r, err := postgres.One[row](ctx, s.DB, selectRow+` where id = $1`, id)
	if err != nil {
		return Offer{}, fmt.Errorf("reading offer %s: %w", id, err)
	}
	return r.offer(), nil
}

// PageSize is how many offers a page of the list shows.
const PageSize = 25

// maxPageNumber keeps a forged page number from overflowing the offset.
const maxPageNumber = 1_000_000

// Filter chooses offers; a zero field chooses by nothing, but what is set aside
// shows only where that is asked for.
type Filter struct {
	State      State
	Profession string // slug
	Page       int    // from 1; less is 1
}

// Summary is one offer as lists show it: nothing about a person.
type Summary struct {
	Reference    string
	State        State
	Organisation string
	Site         string
	Work         Work
	From         updating.When
	Days         Days
	ReceivedAt   time.Time
}

type summaryRow struct {
	Reference, State, Organisation, Site, Profession, Branch string
	StartsOn, ReceivedAt                                     time.Time
	Days                                                     int
	Total                                                    int // of all that are chosen
}

const selectSummary = `
	select reference, state, organisation, site, profession, branch, starts_on, days, received_at, count(*) over () as total
	from offer`

func summaries(rows []summaryRow) []Summary {
	var list []Summary
	for _, r := range rows {
		list = append(list, Summary{
			Reference: r.Reference, State: State(r.State), Organisation: r.Organisation, Site: r.Site,
			Work: Work{r.Profession, r.Branch}, From: monthOf(r.StartsOn), Days: Days(r.Days), ReceivedAt: r.ReceivedAt,
		})
	}
	return list
}

// Page is one page of the list, the open offers first, and of each state the
// newest.
type Page struct {
	Rows   []Summary
	Total  int // offers on all pages
	Number int // from 1
	Pages  int // at least 1
}

// List gives a page of the offers that a filter chooses. A page after the last
// has no rows.
func (s *Store) List(ctx context.Context, f Filter) (Page, error) {
	page := Page{Number: min(max(1, f.Page), maxPageNumber)}
	where, args := f.where()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select count(*) from offer`+where, args).Scan(&page.Total); err != nil {
			return err
		}
		args["limit"], args["offset"] = PageSize, (page.Number-1)*PageSize
		rows, err := postgres.List[summaryRow](ctx, tx, selectSummary+where+`
			order by state <> 'open', received_at desc, id desc
			limit @limit offset @offset`, args)
		page.Rows = summaries(rows)
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("listing offers: %w", err)
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
	if f.Profession != "" {
		conditions = append(conditions, "profession = @profession")
		args["profession"] = f.Profession
	}
	return " where " + strings.Join(conditions, " and "), args
}

// fitAtMost is how many offers stand beside a case.
const fitAtMost = 5

// Fitting are the open offers that fit somebody.
type Fitting struct {
	Rows  []Summary // the nearest start first, at most 5
	Total int
}

// Fitting gives the open offers of somebody's profession: those of their branch
// and those of any; all of them where their branch is not known.
func (s *Store) Fitting(ctx context.Context, w Work) (Fitting, error) {
	rows, err := postgres.List[summaryRow](ctx, s.DB, selectSummary+`
		where state = 'open' and profession = $1 and ($2 = '' or branch in ('', $2))
		order by starts_on, received_at, id
		limit $3`, w.Profession, w.Branch, fitAtMost)
	if err != nil {
		return Fitting{}, fmt.Errorf("finding the offers that fit: %w", err)
	}
	fitting := Fitting{Rows: summaries(rows)}
	if len(rows) > 0 {
		fitting.Total = rows[0].Total
	}
	return fitting, nil
}

// Counts are how many offers somebody should look at.
type Counts struct {
	Open     int
	SetAside int
}

// Count counts the offers that somebody should look at.
func (s *Store) Count(ctx context.Context) (Counts, error) {
	counts, err := postgres.One[Counts](ctx, s.DB, `
		select count(*) filter (where state = 'open') as open, count(*) filter (where state = 'set-aside') as set_aside
		from offer where state in ('open', 'set-aside')`)
	if err != nil {
		return Counts{}, fmt.Errorf("counting offers: %w", err)
	}
	return counts, nil
}

// PurgeClosed deletes the offers that were closed before a time, with what says
// that their senders were written to, and says how many. The audit, which holds
// no personal value, stays.
func (s *Store) PurgeClosed(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `state = 'closed' and state_since < $1`, before)
}

// PurgeSetAside deletes the offers that were set aside before a time as
// PurgeClosed does.
func (s *Store) PurgeSetAside(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `state = 'set-aside' and state_since < $1`, before)
}

// PurgeOld deletes the offers that were made before a time, wherever they
// stand, as PurgeClosed does.
func (s *Store) PurgeOld(ctx context.Context, before time.Time) (int64, error) {
	return s.purge(ctx, `received_at < $1`, before)
}

func (s *Store) purge(ctx context.Context, where string, before time.Time) (int64, error) {
	var gone []struct{ ID string }
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		gone, err = postgres.List[struct{ ID string }](ctx, tx, `delete from offer where `+where+` returning id::text`, before)
		mails := mail.Store{DB: tx}
		for _, one := range gone {
			if err == nil {
				err = mails.Forget(ctx, one.ID)
			}
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purging offers: %w", err)
	}
	return int64(len(gone)), nil
}
