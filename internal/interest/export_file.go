package interest

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/sheet"
)

// Order orders an XLSX file, which a job writes: the same form orders once.
func (s *Store) Order(ctx context.Context, by By, o ExportOrder) (Export, error) {
	if err := o.Validate(); err != nil || o.Format != XLSX {
		return Export{}, fmt.Errorf("ordering an export: %w", errors.Join(err, fault.Invalid))
	}
	var e Export
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		var id string
		err := tx.QueryRow(ctx, `select id::text from export where form_key = $1 and made_by = $2`, o.key(), by.StaffID).Scan(&id)
		if err == nil {
			e, err = readExportRow(ctx, tx, id)
			return err
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if e, err = insertExport(ctx, tx, s.now(), by, o, ExportWaiting, 0); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into river_job (kind, args, max_attempts, queue) values ($1, jsonb_build_object('export_id', $2::text), $3, $4)`,
			ExportJob{}.Kind(), e.ID, ExportAttempts, ExportQueue)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, e.entry(by, exportBegun))
	})
	if err != nil {
		return Export{}, fmt.Errorf("ordering an export: %w", err)
	}
	return e, nil
}

// Ordered gives an export to the job that writes it.
func (s *Store) Ordered(ctx context.Context, id string) (Export, error) {
	return readExportRow(ctx, s.DB, id)
}

// Write writes the file of an export that was ordered, with its temporary files
// in a folder, and keeps it until it is fetched. An export that is written
// already, or was given up, is left as it is. Text is that of its search.
func (x *Exporter) Write(ctx context.Context, id, text, folder string, words ExportWords) error {
	e, err := readExportRow(ctx, x.Store.DB, id)
	if err != nil || e.EndedAt != nil {
		return err
	}
	by := By{StaffID: e.MadeBy}
	out, err := sheet.NewXLSX(folder, plainColumns(e.Columns()))
	if err != nil {
		return err
	}
	defer func() { _ = out.Remove() }()
	e.Filter.Text = text
	var held []string
	err = x.Store.readExport(ctx, x.Reads, fileWait, e.Filter, func(total int, m marks) error {
		e.Total, e.Written = total, 0
		held = make([]string, 0, min(total, sheet.MostXLSX))
		return x.Store.startExport(ctx, e, m)
	}, func(row *exported) error {
		if e.Written == sheet.MostXLSX {
			return errTooMany
		}
		e.Written++
		held = append(held, row.ID)
		if e.Written%exportProgress == 0 {
			if _, err := x.Store.DB.Exec(ctx, `update export set written = $2 where id = $1`, e.ID, e.Written); err != nil {
				return err
			}
		}
		return out.Row(cells(row, e.Columns(), words))
	})
	if errors.Is(err, errTooMany) {
		return x.Store.endExport(ctx, by, e, false)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		return fmt.Errorf("writing export %s: %w", id, err)
	}
	parts := &exportParts{ctx: ctx, db: x.Store.DB, id: e.ID}
	if _, err = out.WriteTo(parts); err == nil {
		err = parts.flush()
	}
	if err != nil {
		return fmt.Errorf("keeping export %s: %w", id, err)
	}
	e.Size = parts.size
	return x.Store.endFile(ctx, by, e, held)
}

// exportProgress is after how many rows an export says how far it is.
const exportProgress = 2000

var errTooMany = errors.New("more cases than the format takes")

func plainColumns(columns []ExportColumn) []sheet.Column {
	plain := make([]sheet.Column, len(columns))
	for i, column := range columns {
		plain[i] = column.Column
	}
	return plain
}

// GiveUp ends an export that could not be written, and deletes what was.
func (s *Store) GiveUp(ctx context.Context, id string) error {
	e, err := readExportRow(ctx, s.DB, id)
	if err != nil || e.EndedAt != nil {
		return err
	}
	if _, err := s.DB.Exec(ctx, `delete from export_part where export_id = $1`, id); err != nil {
		return fmt.Errorf("giving up export %s: %w", id, err)
	}
	return s.endExport(ctx, By{StaffID: e.MadeBy}, e, false)
}

// startExport begins an ordered export, or begins it again after a failure.
func (s *Store) startExport(ctx context.Context, e Export, m marks) error {
	return postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		for _, statement := range []string{`delete from export_part where export_id = $1`, `delete from export_case where export_id = $1`} {
			if _, err := tx.Exec(ctx, statement, e.ID); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `update export set state = 'running', total = $2, written = 0 where id = $1`, e.ID, e.Total); err != nil {
			return err
		}
		return m.keep(ctx, tx, e.ID)
	})
}

// exportPart is how many bytes are kept in a row.
const exportPart = 256 << 10

// exportParts is a file that is kept part by part.
type exportParts struct {
	ctx    context.Context // of the one call that writes
	db     postgres.DB
	id     string
	buffer []byte
	part   int
	size   int64
}

// Write keeps what fills a part.
func (p *exportParts) Write(b []byte) (int, error) {
	p.buffer = append(p.buffer, b...)
	for len(p.buffer) >= exportPart {
		if err := p.keep(p.buffer[:exportPart]); err != nil {
			return 0, err
		}
		p.buffer = append(p.buffer[:0], p.buffer[exportPart:]...)
	}
	return len(b), nil
}

func (p *exportParts) flush() error {
	if len(p.buffer) == 0 {
		return nil
	}
	return p.keep(p.buffer)
}

func (p *exportParts) keep(b []byte) error {
	_, err := p.db.Exec(p.ctx, `insert into export_part (export_id, part, bytes) values ($1, $2, $3)`, p.id, p.part, b)
	p.part++
	p.size += int64(len(b))
	return err
}

// Fetch hands over the file of an export to whoever made it, and deletes it once
// it is handed over whole. Begin is called before the first byte; a file that is
// not there, or not any more, is a Gone fault.
func (s *Store) Fetch(ctx context.Context, by By, id string, begin func(Export) (io.Writer, error)) error {
	e, err := s.ExportOf(ctx, by.StaffID, id)
	if err != nil {
		return err
	}
	if e.State != ExportDone || e.Size == 0 {
		return fmt.Errorf("fetching export %s, which has no file: %w", id, fault.Gone)
	}
	if err := audit.Record(ctx, s.DB, e.entry(by, exportFetched)); err != nil {
		return err
	}
	w, err := begin(e)
	if err != nil {
		return err
	}
	sent := int64(0)
	for part := 0; sent < e.Size; part++ {
		var b []byte
		if err := s.DB.QueryRow(ctx, `select bytes from export_part where export_id = $1 and part = $2`, e.ID, part).Scan(&b); err != nil {
			return fmt.Errorf("reading part %d of export %s: %w", part, id, err)
		}
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("sending export %s: %w", id, err)
		}
		sent += int64(len(b))
	}
	return s.forgetFile(ctx, e.ID)
}

// forgetFile deletes the file of an export that was fetched. Whoever fetched it has
// it whole, and may have gone.
func (s *Store) forgetFile(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer cancel()
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error { return dropFiles(ctx, tx, []string{id}) })
	if err != nil {
		return fmt.Errorf("deleting the file of export %s: %w", id, err)
	}
	return nil
}

// dropFiles deletes the files that are kept of exports.
func dropFiles(ctx context.Context, tx pgx.Tx, ids []string) error {
	if _, err := tx.Exec(ctx, `delete from export_part where export_id = any($1::uuid[])`, ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update export set state = 'fetched', size = 0 where id = any($1::uuid[])`, ids)
	return err
}

// dropFilesWith deletes the files that wait and hold a case.
func dropFilesWith(ctx context.Context, tx pgx.Tx, expressionID string) error {
	held, err := postgres.List[struct{ ID string }](ctx, tx, `
		select x.id::text from expression e `+withCase+` where e.id = $1 and x.size > 0`, expressionID)
	if err != nil || len(held) == 0 {
		return err
	}
	ids := make([]string, len(held))
	for i, one := range held {
		ids[i] = one.ID
	}
	return dropFiles(ctx, tx, ids)
}

// erasureLock is the key of the advisory lock that erasures share, and that keeps
// them from the moment in which a file that was written is looked at.
const erasureLock = 7_290_020

// errErased has a file written again that holds a case which was erased while it
// was written.
var errErased = errors.New("a case of the file was erased meanwhile")

// endFile records that a file was written whole, unless a case that it holds is
// no more.
func (s *Store) endFile(ctx context.Context, by By, e Export, held []string) error {
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, erasureLock); err != nil {
			return err
		}
		var there int
		if err := tx.QueryRow(ctx, `select count(*) from expression where id = any($1::uuid[])`, held).Scan(&there); err != nil {
			return err
		}
		if there != len(held) {
			return errErased
		}
		return (&Store{DB: tx, Now: s.Now}).endExport(ctx, by, e, true)
	})
	if err != nil {
		return fmt.Errorf("keeping export %s: %w", e.ID, err)
	}
	return nil
}
