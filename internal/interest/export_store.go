package interest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/once"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/sheet"
)

// Exporter makes files of cases. What it reads, it reads on a pool of its own:
// an export takes as long as whoever reads it.
type Exporter struct {
	Store *Store
	Reads postgres.DB // no transaction
}

// How long an export waits for a free connection: somebody looks at an empty
// window meanwhile, or a job has time.
const (
	streamWait = 2 * time.Second
	fileWait   = time.Minute
)

// streamMost is how long a stream may take: a million cases at 15 kB a second.
const streamMost = 6 * time.Hour

// streamLeft is after how long a stream that did not end was its portal's last.
const streamLeft = streamMost + time.Hour

// recordTime is how long the last word about an export may take, whose reader
// has gone.
const recordTime = 10 * time.Second

// Stream exports cases at once. It records who takes what before the first row
// is written, and afterwards how far it came. Begin gets the export and gives
// what its rows are written to.
func (x *Exporter) Stream(ctx context.Context, by By, o ExportOrder, words ExportWords, begin func(Export) (sheet.Writer, error)) error {
	if err := o.Validate(); err != nil || o.Format == XLSX {
		return fmt.Errorf("exporting cases: %w", errors.Join(err, fault.Invalid))
	}
	ctx, cancel := context.WithTimeout(ctx, streamMost)
	defer cancel()
	var e Export
	var out sheet.Writer
	err := x.Store.readExport(ctx, x.Reads, streamWait, o.Filter, func(total int, m marks) error {
		var err error
		if e, err = x.Store.beginExport(ctx, by, o, total, m); err == nil {
			out, err = begin(e)
		}
		return err
	}, func(row *exported) error {
		e.Written++
		return out.Row(cells(row, e.Columns(), words))
	})
	if e.ID == "" {
		return unlessBusy(err)
	}
	if err == nil {
		err = out.Close()
	}
	return errors.Join(err, x.Store.endExport(ctx, by, e, err == nil))
}

// unlessBusy makes an error of a pool without a free connection an Unavailable
// fault.
func unlessBusy(err error) error {
	if postgres.IsUnavailable(err) {
		return fmt.Errorf("exporting cases: %w: %w", fault.Unavailable, err)
	}
	return fmt.Errorf("exporting cases: %w", err)
}

func cells(row *exported, columns []ExportColumn, words ExportWords) []any {
	cells := make([]any, len(columns))
	for i, column := range columns {
		cells[i] = column.cell(row, words)
	}
	return cells
}

func (o ExportOrder) key() string { return once.Key(o.Nonce, "export", o.Said, string(o.Format)) }

func (s *Store) beginExport(ctx context.Context, by By, o ExportOrder, total int, m marks) (Export, error) {
	var e Export
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var err error
		if e, err = insertExport(ctx, tx, s.now(), by, o, ExportRunning, total); err != nil {
			return err
		}
		if err := m.keep(ctx, tx, e.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, e.entry(by, exportBegun))
	})
	return e, err
}

func insertExport(ctx context.Context, tx pgx.Tx, at time.Time, by By, o ExportOrder, state ExportState, total int) (Export, error) {
	e := Export{
		MadeBy: by.StaffID, AskedAt: at, Format: o.Format, Names: o.Names, Leads: o.Leads, Filter: o.Filter, Search: o.Search, Said: o.Said,
		State: state, Total: total,
	}
	key := o.key()
	if o.Format != XLSX {
		key = uuid.NewString() // whoever sends the form again gets another file
	}
	// The text is the person's search, and stays among their searches.
	e.Filter.Text = ""
	filter, err := json.Marshal(e.Filter)
	if err != nil {
		return Export{}, err
	}
	err = tx.QueryRow(ctx, `
		insert into export (made_by, form_key, asked_at, format, names, leads, filter, search_id, said, state, total)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id::text`,
		e.MadeBy, key, e.AskedAt, e.Format, e.Names, e.Leads, filter, e.Search, e.Said, e.State, e.Total).Scan(&e.ID)
	return e, err
}

func (m marks) keep(ctx context.Context, tx pgx.Tx, id string) error {
	exportID, err := uuid.Parse(id)
	if err != nil {
		return err
	}
	rows := make([][]any, 0, len(m))
	for block, bits := range m {
		rows = append(rows, []any{block, [16]byte(exportID), bits})
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"export_case"}, []string{"block", "export_id", "marks"}, pgx.CopyFromRows(rows))
	return err
}

// endExport records how far an export came; its reader may have gone.
func (s *Store) endExport(ctx context.Context, by By, e Export, whole bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer cancel()
	e.State = ExportDone
	if !whole {
		e.State = ExportBroken
	}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update export set state = $2, written = $3, size = $4, ended_at = $5 where id = $1`,
			e.ID, e.State, e.Written, e.Size, s.now())
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, e.entry(by, exportEnded))
	})
	if err != nil {
		return fmt.Errorf("recording the end of export %s: %w", e.ID, err)
	}
	return nil
}

// EndCutOff ends the streams whose portal was killed over them, which nobody else
// does, and says how many. Nobody knows how far they came.
func (s *Store) EndCutOff(ctx context.Context) (int, error) {
	ended := 0
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		left, err := exportsWhere(ctx, tx, `state = 'running' and format <> 'xlsx' and asked_at < $1`, cutOffAtOnce, s.now().Add(-streamLeft))
		if err != nil {
			return err
		}
		for _, e := range left {
			tag, err := tx.Exec(ctx, `update export set state = 'broken', ended_at = $2 where id = $1 and state = 'running'`, e.ID, s.now())
			if err != nil {
				return err
			}
			if tag.RowsAffected() == 0 {
				continue // another portal was first
			}
			entry := e.entry(By{}, exportEnded)
			entry.Detail = fmt.Sprintf("%s, %s, the portal was stopped over it", e.Format, ExportBroken)
			if err := audit.Record(ctx, tx, entry); err != nil {
				return err
			}
			ended++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("ending exports that were cut off: %w", err)
	}
	return ended, nil
}

// cutOffAtOnce is more than portals can leave between two looks.
const cutOffAtOnce = 1000

func readExportRow(ctx context.Context, db postgres.DB, id string) (Export, error) {
	if err := checkID(id); err != nil {
		return Export{}, fmt.Errorf("reading export %s: %w", id, err)
	}
	list, err := exportsWhere(ctx, db, `id = $1`, 1, id)
	if err == nil && len(list) == 0 {
		err = fault.NotFound
	}
	if err != nil {
		return Export{}, fmt.Errorf("reading export %s: %w", id, err)
	}
	return list[0], nil
}

func exportsWhere(ctx context.Context, db postgres.DB, where string, most int, args ...any) ([]Export, error) {
	type selected struct {
		ID, MadeBy     string
		AskedAt        time.Time
		Format         ExportFormat
		Names, Leads   bool
		Filter         Filter
		Search, Said   string
		State          ExportState
		Total, Written int
		Size           int64
		EndedAt        *time.Time
	}
	rows, err := postgres.List[selected](ctx, db, fmt.Sprintf(`
		select id::text, made_by::text, asked_at, format, names, leads, filter, search_id as search, said, state, total, written, size, ended_at
		from export where %s order by asked_at desc, id limit %d`, where, most), args...)
	list := make([]Export, len(rows))
	for i, r := range rows {
		list[i] = Export(r)
	}
	return list, err
}

// ExportOf gives an export to whoever made it; a NotFound fault to anybody else.
func (s *Store) ExportOf(ctx context.Context, staffID, id string) (Export, error) {
	e, err := readExportRow(ctx, s.DB, id)
	if err == nil && e.MadeBy != staffID {
		err = fmt.Errorf("reading export %s of somebody else: %w", id, fault.NotFound)
	}
	return e, err
}

// ExportsOf gives the newest exports that somebody made.
func (s *Store) ExportsOf(ctx context.Context, staffID string, most int) ([]Export, error) {
	list, err := exportsWhere(ctx, s.DB, `made_by = $1`, most, staffID)
	if err != nil {
		return nil, fmt.Errorf("listing exports: %w", err)
	}
	return list, nil
}

// PurgeExportFiles deletes the files of exports that ended before a time, and
// says how many.
func (s *Store) PurgeExportFiles(ctx context.Context, before time.Time) (int64, error) {
	var gone int64
	err := s.DB.QueryRow(ctx, `
		with old as (update export set size = 0, state = case when state = 'done' then 'fetched' else state end where ended_at < $1 and size > 0 returning id),
			parts as (delete from export_part p using export e where e.id = p.export_id and (e.ended_at < $1 or e.asked_at < $1 and e.ended_at is null))
		select count(*) from old`, before).Scan(&gone)
	if err != nil {
		return 0, fmt.Errorf("deleting the files of exports: %w", err)
	}
	return gone, nil
}

// PurgeExports deletes what was recorded of exports that were made before a
// time, and says of how many.
func (s *Store) PurgeExports(ctx context.Context, before time.Time) (int64, error) {
	tag, err := s.DB.Exec(ctx, `delete from export where asked_at < $1`, before)
	if err != nil {
		return 0, fmt.Errorf("deleting what is known of exports: %w", err)
	}
	return tag.RowsAffected(), nil
}

// withCase joins the exports that hold a case, which is e, as c and x.
const withCase = `
		join export_case c on c.block = e.number / 8192 and get_bit(c.marks, (e.number % 8192)::integer) = 1
		join export x on x.id = c.export_id`

// exportsWith gives the exports that hold a case, as events of its timeline.
func exportsWith(ctx context.Context, tx pgx.Tx, expressionID string) ([]Event, error) {
	list, err := postgres.List[Event](ctx, tx, `
		select 0::bigint as id, x.asked_at as at, 'exported' as kind, 'staff' as actor_kind, x.made_by::text as actor_id, '' as from, '' as to,
			x.format as reason, '' as step, '' as note, '' as old, '' as new, '' as from_assignee, '' as to_assignee
		from expression e `+withCase+`
		where e.id = $1
		order by x.asked_at desc`, expressionID)
	if err != nil {
		return nil, fmt.Errorf("reading the exports of a case: %w", err)
	}
	return list, nil
}
