package interest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
	"ahpfaculty/internal/workday"
)

// CopiedTables are the tables that CopyIn writes many rows to.
func CopiedTables() []string {
	return []string{"expression", "event", "event_detail", "information_request", "name_word"}
}

// Invented counts the expressions, and of them those whose address nobody can
// have: example.com, example.net and example.org are kept for examples
// (RFC 2606).
func Invented(ctx context.Context, db postgres.DB) (all, invented int, err error) {
	err = db.QueryRow(ctx, `
		select count(*), count(*) filter (where lower(email) ~ '@([a-z0-9-]+\.)*example\.(com|net|org)$') from expression`).Scan(&all, &invented)
	if err != nil {
		return 0, 0, fmt.Errorf("counting invented expressions: %w", err)
	}
	return all, invented, nil
}

// References gives every reference that is taken.
func References(ctx context.Context, db postgres.DB) ([]string, error) {
	rows, err := db.Query(ctx, `select reference from expression`)
	if err != nil {
		return nil, fmt.Errorf("reading the references: %w", err)
	}
	references, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("reading the references: %w", err)
	}
	return references, nil
}

// CopyIn lets fill write whole cases, many at once, with the timeline that led
// to where they stand: copied cases need not begin as received. It must run in a
// transaction of the tables' owner, which nobody else's changes of cases
// interrupt until it ends. The tables check all else of a case; that its
// timeline leads to its stage is the caller's care.
func CopyIn(ctx context.Context, tx pgx.Tx, fill func(copyCases func([]Case) error) error) error {
	for _, statement := range []string{
		`lock table expression, event in share row exclusive mode`,
		// What they keep is worked out for all cases together.
		`alter table expression disable trigger user`,
		`alter table event_detail disable trigger user`,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("preparing to copy cases: %w", err)
		}
	}
	c := copier{tx: tx, due: map[running]updating.Date{}, names: names{}}
	if err := tx.QueryRow(ctx, `select nextval(pg_get_serial_sequence('event', 'id'))`).Scan(&c.nextEvent); err != nil {
		return fmt.Errorf("numbering events: %w", err)
	}
	var err error
	if c.holidays, err = (workday.Store{DB: tx}).Holidays(ctx); err != nil {
		return fmt.Errorf("preparing to copy cases: %w", err)
	}
	if err := fill(func(cases []Case) error { return c.copy(ctx, cases) }); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `select setval(pg_get_serial_sequence('event', 'id'), $1, false)`, c.nextEvent); err != nil {
		return fmt.Errorf("numbering events: %w", err)
	}
	if err := c.names.keep(ctx, tx); err != nil {
		return fmt.Errorf("keeping the words of names: %w", err)
	}
	for _, statement := range []string{
		`alter table event_detail enable trigger user`,
		`alter table expression enable trigger user`,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("watching changes again: %w", err)
		}
	}
	return nil
}

// copier writes cases and numbers their events.
type copier struct {
	tx        pgx.Tx
	nextEvent int64
	holidays  []workday.Holiday
	due       map[running]updating.Date // no date where the stage has no limit
	names     names
}

// copy writes cases, and gives their events and requests the numbers that these
// get.
func (c *copier) copy(ctx context.Context, cases []Case) error {
	var events, details, requests [][]any
	for i := range cases {
		id, err := uuid.Parse(cases[i].ID)
		if err != nil {
			return fmt.Errorf("copying a case: %w", err)
		}
		for e := range slices.Backward(cases[i].Events) { // the oldest first
			event := &cases[i].Events[e]
			event.ID = c.nextEvent
			c.nextEvent++
			events = append(events, eventValues(id, *event))
			if event.Note != "" || event.Old != "" || event.New != "" {
				details = append(details, []any{event.ID, event.Note, event.Old, event.New})
			}
		}
		c.names.add(cases[i])
		for r := range cases[i].Requests {
			request := &cases[i].Requests[r]
			request.EventID = askedBy(cases[i].Events, request.AskedAt)
			values, err := requestValues(id, *request)
			if err != nil {
				return fmt.Errorf("copying a request: %w", err)
			}
			requests = append(requests, values)
		}
	}
	clocks, err := c.clocks(ctx, cases)
	if err != nil {
		return fmt.Errorf("working out when cases are due: %w", err)
	}
	expressions := pgx.CopyFromSlice(len(cases), func(i int) ([]any, error) {
		values, err := expressionValues(cases[i].Expression)
		return append(values, clocks[i].used, dayColumn(clocks[i].since), dayColumn(clocks[i].due), noteText(cases[i])), err
	})
	for _, table := range []struct {
		name    string
		columns []string
		rows    pgx.CopyFromSource
	}{
		{"expression", expressionColumns, expressions},
		{"event", eventColumns, pgx.CopyFromRows(events)},
		{"event_detail", []string{"event_id", "note", "old_value", "new_value"}, pgx.CopyFromRows(details)},
		{"information_request", requestColumns, pgx.CopyFromRows(requests)},
	} {
		if _, err := c.tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, table.rows); err != nil {
			return fmt.Errorf("copying into %s: %w", table.name, err)
		}
	}
	return nil
}

// askedBy is the event by which a request was made.
func askedBy(events []Event, at time.Time) int64 {
	for _, e := range events {
		if e.Kind == EventAsked && e.At.Equal(at) {
			return e.ID
		}
	}
	return 0
}

var expressionColumns = []string{
	"id", "reference", "draft_id", "received_at", "profession", "branch", "standing", "abroad",
	"last_practised", "last_practised_day", "qualified", "qualified_day", "name", "registered_name",
	"email", "phone", "contact_by", "postcode_area", "register_number", "register_number_unusual",
	"programme", "programme_reference", "last_role", "last_setting", "years_practised",
	"any_organisation", "organisations", "settings", "hours", "start_choice", "start_from", "help",
	"privacy_version", "result", "rule_version", "stage", "stage_reason", "stage_since",
	"turn", "turn_since", "hold_reason", "hold_until", "assignee_id", "version", "updated_at",
	"mail_trouble", "email_wanted", "copy_asked_at", "suspicion", "set_aside_at",
	"clock_used", "clock_since", "due_on", "note_text",
}

// noteText is everything that was noted about a case.
func noteText(c Case) string {
	var notes []string
	for _, e := range slices.Backward(c.Events) {
		if e.Note != "" {
			notes = append(notes, e.Note)
		}
	}
	return strings.Join(notes, " ")
}

// expressionValues are an expression's columns but for the last four, which
// follow from its timeline. Its draft is one that is forgotten long since: its
// id follows from the expression's.
func expressionValues(e Expression) ([]any, error) {
	id, err := uuid.Parse(e.ID)
	if err != nil {
		return nil, err
	}
	result, err := json.Marshal(e.Result)
	if err != nil {
		return nil, err
	}
	r := rowOf(e.Answers, e.Result)
	return []any{
		[16]byte(id), e.Reference, [16]byte(uuid.NewSHA1(id, []byte("draft"))), e.ReceivedAt, r.Profession, r.Branch, string(r.Standing), r.Abroad,
		r.LastPractised, r.LastPractisedDay, r.Qualified, r.QualifiedDay, r.Name, r.RegisteredName,
		r.Email, r.Phone, r.ContactBy, r.PostcodeArea, r.RegisterNumber, r.RegisterNumberUnusual,
		r.Programme, r.ProgrammeReference, r.LastRole, r.LastSetting, r.YearsPractised,
		r.AnyOrganisation, r.Organisations, r.Settings, r.Hours, r.StartChoice, r.StartFrom, r.Help,
		r.PrivacyVersion, result, r.RuleVersion, string(e.Stage), orNull(e.Reason), e.StageSince,
		string(e.Turn), e.TurnSince, orNull(e.HoldReason), dayColumn(e.HoldUntil), idOrNull(e.AssigneeID), e.Version, e.UpdatedAt,
		orNull(string(e.MailTrouble)), e.EmailWanted, e.CopyAskedAt, orNull(string(e.Suspicion)), e.SetAsideAt,
	}, nil
}

var eventColumns = []string{"id", "expression_id", "at", "kind", "actor_kind", "actor_id", "from_stage", "to_stage", "reason", "step", "until", "from_assignee", "to_assignee"}

func eventValues(expressionID uuid.UUID, e Event) []any {
	return []any{
		e.ID, [16]byte(expressionID), e.At, string(e.Kind), e.ActorKind, e.ActorID, orNull(string(e.From)), orNull(string(e.To)),
		orNull(e.Reason), orNull(e.Step), dayColumn(e.Until),
		idOrNull(e.FromAssignee), idOrNull(e.ToAssignee),
	}
}

var requestColumns = []string{"id", "expression_id", "event_id", "message", "steps", "answer_by", "asked_at", "versions", "reply", "answered_at", "ended_at"}

func requestValues(expressionID uuid.UUID, r Request) ([]any, error) {
	id, err := uuid.Parse(r.ID)
	if err != nil {
		return nil, err
	}
	versions := r.Versions
	if versions == nil {
		versions = map[string]int{}
	}
	return []any{
		[16]byte(id), [16]byte(expressionID), r.EventID, r.Message, filled(r.Steps), dayColumn(r.AnswerBy), r.AskedAt, versions,
		r.Reply, r.AnsweredAt, r.EndedAt,
	}, nil
}

// orNull is null where a column has no empty text.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// idOrNull is null where there is no id, or none that is one.
func idOrNull(id string) any {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil
	}
	return [16]byte(parsed)
}
