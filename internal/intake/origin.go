package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// Origin is where a case came from that was imported.
type Origin struct {
	ImportID string
	Name     string // of the file
	Row      int    // as the spreadsheet counts it
	By       string // who had it imported, a staff account's id; "" for the command line
	At       time.Time
}

// Origin says where a case came from; false for one that was sent by the form,
// or whose import is forgotten.
func (s *Store) Origin(ctx context.Context, expressionID string) (Origin, bool, error) {
	if uuid.Validate(expressionID) != nil {
		return Origin{}, false, fmt.Errorf("reading where case %s came from: %w", expressionID, fault.NotFound)
	}
	o, err := postgres.One[Origin](ctx, s.DB, `
		select i.id::text as import_id, i.name, e.import_row as row, coalesce(i.started_by::text, '') as by, i.imported_at as at
		from expression e join intake i on i.id = e.import_id where e.id = $1`, expressionID)
	if errors.Is(err, fault.NotFound) {
		return Origin{}, false, nil
	}
	if err != nil {
		return Origin{}, false, fmt.Errorf("reading where case %s came from: %w", expressionID, err)
	}
	return o, true, nil
}

// Came is a case that an import made.
type Came struct {
	Row       int // of the file, as the spreadsheet counts it
	Reference string
}

// Cases gives the cases that an import made and that are still there, PageSize
// of them after a row; 0 begins with the first.
func (s *Store) Cases(ctx context.Context, id string, after int) ([]Came, error) {
	if uuid.Validate(id) != nil {
		return nil, fmt.Errorf("listing the cases of import %s: %w", id, fault.NotFound)
	}
	cases, err := postgres.List[Came](ctx, s.DB, `
		select import_row as row, reference from expression where import_id = $1 and import_row > $2 order by import_row limit $3`, id, after, PageSize)
	if err != nil {
		return nil, fmt.Errorf("listing the cases of import %s: %w", id, err)
	}
	return cases, nil
}
