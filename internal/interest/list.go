package interest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
)

// PageSize is how many expressions a page of the list shows.
const PageSize = 25

// Filter chooses expressions; a zero field chooses by nothing.
type Filter struct {
	Stage      Stage
	Profession string // slug
	SetAside   bool   // those that are set aside, in place of those that are worked on
	Text       string // words that the reference, name, email address or register number must contain
	Page       int    // from 1; less is 1
}

// Summary is one expression as the list shows it.
type Summary struct {
	Reference  string
	Name       string
	Profession string // slug
	Branch     string // slug, or ""
	Stage      Stage
	Turn       Turn
	ReceivedAt time.Time

	MailTrouble MailTrouble // "" unless mail does not reach them
	CopyAskedAt *time.Time  // when they asked for a copy of their data; nil unless it is owed
}

// Page is one page of the list, the newest expression first.
type Page struct {
	Rows   []Summary
	Total  int // expressions on all pages
	Number int // from 1
	Pages  int // at least 1
}

// List gives a page of the expressions that a filter chooses. A page after the
// last has no rows.
func (s *Store) List(ctx context.Context, f Filter) (Page, error) {
	page := Page{Number: min(max(1, f.Page), maxPage)}
	where, args := f.where()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select count(*) from expression`+where, args).Scan(&page.Total)
		if err != nil {
			return err
		}
		args["limit"], args["offset"] = PageSize, (page.Number-1)*PageSize
		page.Rows, err = postgres.List[Summary](ctx, tx, `
			select reference, name, profession, branch, stage, turn, received_at,
				coalesce(mail_trouble, '') as mail_trouble, copy_asked_at
			from expression`+where+`
			order by received_at desc, id desc
			limit @limit offset @offset`, args)
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("listing expressions: %w", err)
	}
	page.Pages = max(1, (page.Total+PageSize-1)/PageSize)
	return page, nil
}

// maxPage keeps a forged page number from overflowing the offset.
const maxPage = 1_000_000

// maxWords keeps a pasted page from becoming a query of a thousand conditions.
const maxWords = 10

// where makes the conditions of a filter. They are left out where they choose
// nothing, so that each combination gets the plan that suits it.
func (f Filter) where() (string, pgx.NamedArgs) {
	args := pgx.NamedArgs{}
	conditions := []string{"set_aside_at is null"}
	if f.SetAside {
		conditions[0] = "set_aside_at is not null"
	}
	if f.Stage != "" {
		conditions = append(conditions, "stage = @stage")
		args["stage"] = f.Stage
	}
	if f.Profession != "" {
		conditions = append(conditions, "profession = @profession")
		args["profession"] = f.Profession
	}
	words := strings.Fields(strings.ToLower(f.Text))
	for i, word := range words[:min(len(words), maxWords)] {
		name := fmt.Sprintf("word%d", i)
		conditions = append(conditions, "search_text like @"+name)
		args[name] = "%" + escapeLike(word) + "%"
	}
	return " where " + strings.Join(conditions, " and "), args
}

// escapeLike takes their meaning from the signs that LIKE gives one.
func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
