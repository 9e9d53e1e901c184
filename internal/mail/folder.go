package mail

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ahpfaculty/internal/fault"
)

// Folder keeps mails as files instead of sending them, for development.
type Folder struct {
	Dir string // made when the first mail comes
	Now func() time.Time
}

// Kept is a mail in a Folder.
type Kept struct {
	Message
	At time.Time `json:"at"`
}

// Send writes the message into a file that only the portal's user can read.
func (f *Folder) Send(_ context.Context, m Message) error {
	path, err := f.path(m.ID)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(Kept{Message: m, At: f.Now().UTC()}, "", "  ")
	if err != nil {
		return fmt.Errorf("keeping mail %s: %w", m.ID, err)
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return fmt.Errorf("keeping mail %s: %w", m.ID, err)
	}
	// Whoever lists the folder meanwhile sees a whole file or none.
	half := path + ".half"
	if err := errors.Join(os.WriteFile(half, content, 0o600), os.Rename(half, path)); err != nil {
		return fmt.Errorf("keeping mail %s: %w", m.ID, err)
	}
	return nil
}

// List gives all mails, the newest first.
func (f *Folder) List() ([]Kept, error) {
	entries, err := os.ReadDir(f.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing mails: %w", err)
	}
	var list []Kept
	for _, entry := range entries {
		id, isMail := strings.CutSuffix(entry.Name(), ".json")
		if !isMail {
			continue
		}
		kept, err := f.Read(id)
		if err != nil {
			return nil, err
		}
		list = append(list, kept)
	}
	slices.SortFunc(list, func(a, b Kept) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Read gives a mail by its id; a NotFound fault when there is none.
func (f *Folder) Read(id string) (Kept, error) {
	path, err := f.path(id)
	if err != nil {
		return Kept{}, err
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Kept{}, fmt.Errorf("reading mail %s: %w", id, fault.NotFound)
	}
	var kept Kept
	if err == nil {
		err = json.Unmarshal(content, &kept)
	}
	if err != nil {
		return Kept{}, fmt.Errorf("reading mail %s: %w", id, err)
	}
	return kept, nil
}

// path refuses ids that are no UUID, so that none leads out of the folder.
func (f *Folder) path(id string) (string, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return "", fmt.Errorf("no mail has such an id: %w", fault.NotFound)
	}
	return filepath.Join(f.Dir, parsed.String()+".json"), nil
}
