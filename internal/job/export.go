package job

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/riverqueue/river"

	"ahpfaculty/internal/interest"
)

const (
	// exportTime is how long writing a file may take.
	exportTime = 15 * time.Minute
	// exportLeft is after how long a folder is one that a killed portal left.
	exportLeft = time.Hour
)

type exportWorker struct {
	river.WorkerDefaults[interest.ExportJob]
	deps Deps
}

// Timeout is how long the file may take.
func (w *exportWorker) Timeout(*river.Job[interest.ExportJob]) time.Duration { return exportTime }

// Work writes the file that somebody ordered. After its last attempt the export
// is given up, so that its page says so.
func (w *exportWorker) Work(ctx context.Context, job *river.Job[interest.ExportJob]) error {
	return guard(func() error {
		err := w.write(ctx, job.Args.ExportID)
		if err == nil {
			return nil
		}
		if job.Attempt >= job.MaxAttempts {
			if err := w.deps.Exporter.Store.GiveUp(context.WithoutCancel(ctx), job.Args.ExportID); err != nil {
				return plain("giving up an export", err)
			}
		}
		return plain("writing an export", err)
	})
}

func (w *exportWorker) write(ctx context.Context, id string) error {
	order, err := w.deps.Exporter.Store.Ordered(ctx, id)
	if err != nil || order.EndedAt != nil {
		return err
	}
	text := ""
	if order.Search != "" {
		if text, err = w.deps.Staff.Search(ctx, order.MadeBy, order.Search); err != nil {
			return err
		}
	}
	words, err := w.words(ctx)
	if err != nil {
		return err
	}
	folder, err := w.folder()
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	return w.deps.Exporter.Write(ctx, id, text, folder, words)
}

// words are the names of organisations and staff.
func (w *exportWorker) words(ctx context.Context) (interest.ExportWords, error) {
	organisations, err := w.deps.Faculty.Organisations(ctx)
	if err != nil {
		return interest.ExportWords{}, err
	}
	accounts, err := w.deps.Staff.List(ctx)
	if err != nil {
		return interest.ExportWords{}, err
	}
	words := interest.ExportWords{Organisations: map[string]string{}, Staff: map[string]string{}}
	for _, one := range organisations {
		words.Organisations[one.Slug] = one.Name
	}
	for _, one := range accounts {
		words.Staff[one.ID] = one.Name
	}
	return words, nil
}

// folder is a new folder for temporary files. What portals left that were killed
// goes first.
func (w *exportWorker) folder() (string, error) {
	if err := os.MkdirAll(w.deps.ExportDir, 0o700); err != nil {
		return "", fmt.Errorf("making a folder for exports: %w", err)
	}
	left, err := os.ReadDir(w.deps.ExportDir)
	if err != nil {
		return "", fmt.Errorf("reading the folder for exports: %w", err)
	}
	for _, one := range left {
		if info, err := one.Info(); err == nil && w.deps.Now().Sub(info.ModTime()) > exportLeft {
			_ = os.RemoveAll(filepath.Join(w.deps.ExportDir, one.Name()))
		}
	}
	return os.MkdirTemp(w.deps.ExportDir, "export-")
}
