package interest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/updating"
)

// Arrival is a case that began outside of the portal, as a spreadsheet has it.
type Arrival struct {
	Row        int    // of the file, as the spreadsheet counts it
	Reference  string // "" where the portal is to draw one
	Answers    Answers
	ReceivedAt time.Time
	Stage      Stage
	Reason     string    // a slug of the stage's reasons; "" where it has none
	StageSince time.Time // not before it was received
	HoldReason string    // "" unless it is on hold
	HoldUntil  updating.Date
	AssigneeID string    // of an account that may have cases; "" for nobody
	ChangedAt  time.Time // the zero Time is that of the import
	Note       string    // what the file noted about it, or ""
	Was        string    // its reference before, where that is none of ours
}

// Leaves reports whether the answers lead to another route, as the form would
// have said.
func (a Arrival) Leaves() bool {
	whole := a.Answers.whole()
	return osteopath(whole) || whole.Leaves()
}

// Arrive writes cases that came from a spreadsheet, each with the timeline that
// leads to its stage by allowed moves. Nobody is told of it. The transaction is
// the caller's, who has checked them: what the tables refuse is an error.
func (s *Store) Arrive(ctx context.Context, tx pgx.Tx, by By, importID string, arrivals []Arrival) error {
	if err := s.draw(ctx, tx, arrivals); err != nil {
		return fmt.Errorf("drawing references: %w", err)
	}
	if len(arrivals) == 0 {
		return nil
	}
	in := incoming{by: by, importID: importID, at: s.now()}
	for _, one := range arrivals {
		if err := in.add(one); err != nil {
			return fmt.Errorf("writing row %d: %w", one.Row, err)
		}
	}
	if err := in.write(ctx, tx); err != nil {
		return fmt.Errorf("writing imported cases: %w", err)
	}
	return nil
}

// LearnImported keeps the words of the names of an import's cases, as LearnNames
// does: many of them were changed long ago. All at once, in the order of the
// alphabet, so that it never waits for what waits for it.
func (s *Store) LearnImported(ctx context.Context, importID string) error {
	_, err := s.DB.Exec(ctx, `
		insert into name_word (word)
		select distinct word from expression, unnest(name_words(name, registered_name)) word
		where import_id = $1 and length(word) > 2
		order by word
		on conflict do nothing`, importID)
	if err != nil {
		return fmt.Errorf("learning the words of imported names: %w", err)
	}
	return nil
}

// draw gives a reference to the cases that have none.
func (s *Store) draw(ctx context.Context, tx pgx.Tx, arrivals []Arrival) error {
	var open []int
	for i, one := range arrivals {
		if one.Reference == "" {
			open = append(open, i)
		}
	}
	for range draws {
		drawn := make([]string, len(open))
		for i := range open {
			var err error
			if drawn[i], err = reference.New(s.Random, ""); err != nil {
				return err
			}
		}
		taken, err := postgres.List[struct{ Reference string }](ctx, tx, `select reference from expression where reference = any($1)`, drawn)
		if err != nil {
			return err
		}
		var again []int
		seen := map[string]bool{}
		for _, one := range taken {
			seen[one.Reference] = true
		}
		for i, place := range open {
			if seen[drawn[i]] {
				again = append(again, place)
				continue
			}
			seen[drawn[i]], arrivals[place].Reference = true, drawn[i]
		}
		if open = again; len(open) == 0 {
			return nil
		}
	}
	return errors.New("every reference that was drawn is taken")
}

// path is the shortest way of allowed moves from receiving to a stage.
func path(to Stage) []Stage {
	ways := [][]Stage{{}}
	for at := 0; at < len(ways); at++ {
		from := Received
		if way := ways[at]; len(way) > 0 {
			from = way[len(way)-1]
		}
		if from == to {
			return ways[at]
		}
		for _, next := range moves[from] {
			if !slices.Contains(ways[at], next) {
				ways = append(ways, append(slices.Clone(ways[at]), next))
			}
		}
	}
	return nil
}

// incoming gathers the rows of many cases, which are written together.
type incoming struct {
	by       By
	importID string
	at       time.Time
	cases    []map[string]any
	events   []arrivalEvent
	moves    [][]arrivalMove // the first of every case, the second, and so on
	batch    pgx.Batch       // what the audit keeps
}

type arrivalEvent struct {
	ExpressionID string     `json:"expression_id"`
	At           time.Time  `json:"at"`
	Kind         EventKind  `json:"kind"`
	ActorKind    string     `json:"actor_kind"`
	ActorID      string     `json:"actor_id"`
	From         *Stage     `json:"from_stage"`
	To           *Stage     `json:"to_stage"`
	Reason       *string    `json:"reason"`
	Until        *time.Time `json:"until"`
	ToAssignee   *string    `json:"to_assignee"`
	Note         string     `json:"note"`
}

type arrivalMove struct {
	ID     string  `json:"id"`
	To     Stage   `json:"stage"`
	Reason *string `json:"reason"`
}

func (in *incoming) add(a Arrival) error {
	answers := a.Answers.whole()
	result, err := answers.resultSoFar()
	if err != nil {
		return err
	}
	r := rowOf(answers, result)
	r.ID, r.Reference, r.ReceivedAt = uuid.NewString(), a.Reference, a.ReceivedAt
	turn, trouble := Ours, MailTrouble("")
	if a.HoldReason != "" {
		turn = OnHold
	}
	if r.Email == "" {
		trouble = MailMissing
	}
	if a.ChangedAt.IsZero() {
		a.ChangedAt = in.at
	}
	columns := map[string]any{
		"turn": turn, "turn_since": a.StageSince, "hold_reason": textOrNull(a.HoldReason), "hold_until": dayColumn(a.HoldUntil),
		"assignee_id": textOrNull(a.AssigneeID), "updated_at": a.ChangedAt, "mail_trouble": textOrNull(string(trouble)),
		"import_id": in.importID, "import_row": a.Row,
	}
	for name, value := range r.named(uuid.NewSHA1(uuid.MustParse(r.ID), []byte("draft")).String()) {
		columns[name] = value
	}
	in.cases = append(in.cases, columns)
	in.happened(r.ID, a)
	audit.Queue(&in.batch, in.by.entry(actions[EventImported], r.ID, audit.Done))
	return nil
}

// happened is the timeline of a case: what was before it came here, that it
// came, and what was noted about it.
func (in *incoming) happened(id string, a Arrival) {
	event := arrivalEvent{ExpressionID: id, At: a.ReceivedAt, Kind: EventReceived, ActorKind: audit.Returner}
	in.events = append(in.events, event)
	event.ActorKind, event.ActorID, event.At = in.by.kind(), in.by.StaffID, a.StageSince
	from := Received
	for i, to := range path(a.Stage) {
		move, before := event, from
		move.Kind, move.From, move.To = EventMoved, &before, &to
		if to == a.Stage {
			move.Reason = textOrNull(a.Reason)
		}
		in.events = append(in.events, move)
		if len(in.moves) <= i {
			in.moves = append(in.moves, nil)
		}
		in.moves[i] = append(in.moves[i], arrivalMove{ID: id, To: to, Reason: move.Reason})
		from = to
	}
	if a.HoldReason != "" {
		held := event
		held.Kind, held.Reason, held.Until = EventHeld, &a.HoldReason, dayColumn(a.HoldUntil)
		in.events = append(in.events, held)
	}
	event.At = in.at
	if a.AssigneeID != "" {
		given := event
		given.Kind, given.ToAssignee = EventAssigned, &a.AssigneeID
		in.events = append(in.events, given)
	}
	event.Kind, event.Note = EventImported, a.Was
	in.events = append(in.events, event)
	if a.Note != "" {
		event.Kind, event.Note = EventNoted, a.Note
		in.events = append(in.events, event)
	}
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// insertArrivals writes cases as they were received: the database lets none
// begin in another stage.
const insertArrivals = `
	insert into expression (id, reference, draft_id, received_at, profession, branch, standing, abroad,
		last_practised, last_practised_day, qualified, qualified_day, name, registered_name,
		email, phone, contact_by, postcode_area, register_number, register_number_unusual,
		programme, programme_reference, last_role, last_setting, years_practised,
		any_organisation, organisations, settings, hours, start_choice, start_from, help,
		privacy_version, result, rule_version, stage_since, turn, turn_since, hold_reason, hold_until,
		assignee_id, updated_at, mail_trouble, import_id, import_row, not_given)
	select id, reference, draft_id, received_at, profession, branch, standing, abroad,
		last_practised, last_practised_day, qualified, qualified_day, name, registered_name,
		email, phone, contact_by, postcode_area, register_number, register_number_unusual,
		programme, programme_reference, last_role, last_setting, years_practised,
		any_organisation, organisations, settings, hours, start_choice, start_from, help,
		privacy_version, result, rule_version, received_at, turn, turn_since, hold_reason, hold_until,
		assignee_id, updated_at, mail_trouble, import_id, import_row, not_given
	from jsonb_to_recordset($1::jsonb) as arriving (id uuid, reference text, draft_id uuid, received_at timestamptz,
		profession text, branch text, standing text, abroad boolean,
		last_practised date, last_practised_day boolean, qualified date, qualified_day boolean, name text, registered_name text,
		email text, phone text, contact_by text, postcode_area text, register_number text, register_number_unusual boolean,
		programme boolean, programme_reference text, last_role text, last_setting text, years_practised integer,
		any_organisation boolean, organisations text[], settings text[], hours text, start_choice text, start_from date, help text[],
		privacy_version text, result jsonb, rule_version text, turn text, turn_since timestamptz, hold_reason text, hold_until date,
		assignee_id uuid, updated_at timestamptz, mail_trouble text, import_id uuid, import_row integer, not_given text[])`

const insertArrivalEvents = `
	with arriving as (
		select * from rows from (jsonb_to_recordset($1::jsonb) as (expression_id uuid, at timestamptz, kind text,
			actor_kind text, actor_id text, from_stage text, to_stage text, reason text, until date, to_assignee uuid, note text))
			with ordinality as one (expression_id, at, kind, actor_kind, actor_id, from_stage, to_stage, reason, until, to_assignee, note, place)),
	written as (
		insert into event (expression_id, at, kind, actor_kind, actor_id, from_stage, to_stage, reason, until, to_assignee)
		select expression_id, at, kind, actor_kind, actor_id, from_stage, to_stage, reason, until, to_assignee from arriving order by place
		returning id, expression_id, kind)
	insert into event_detail (event_id, note)
	select w.id, a.note from arriving a join written w using (expression_id, kind) where a.note <> '' order by w.id`

const moveArrivals = `
	update expression e set stage = one.stage, stage_reason = one.reason, stage_since = e.turn_since
	from jsonb_to_recordset($1::jsonb) as one (id uuid, stage text, reason text) where e.id = one.id`

func (in *incoming) write(ctx context.Context, tx pgx.Tx) error {
	if err := writeAll(ctx, tx, insertArrivals, in.cases); err != nil {
		return err
	}
	for _, step := range in.moves {
		if err := writeAll(ctx, tx, moveArrivals, step); err != nil {
			return err
		}
	}
	if err := writeAll(ctx, tx, insertArrivalEvents, in.events); err != nil {
		return err
	}
	return tx.SendBatch(ctx, &in.batch).Close()
}

// writeAll runs a statement that takes many rows as one document.
func writeAll[T any](ctx context.Context, tx pgx.Tx, sql string, rows []T) error {
	document, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, sql, string(document))
	return err
}
