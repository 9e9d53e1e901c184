package content

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is something wrong in a file of a pack.
type Fault struct {
	File    string // within the pack, with slashes
	Line    int    // from 1
	Message string
}

// Error says where the fault is and what is wrong: "pages/home.md:3: …".
func (f Fault) Error() string {
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
}

// Faults are all faults of a pack, by file and line.
type Faults []Fault

// Error gives one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(file string, line int, format string, values ...any) {
	*f = append(*f, Fault{File: file, Line: max(1, line), Message: fmt.Sprintf(format, values...)})
}

// asError gives the faults in the order of files and lines; nil when there are none.
func (f Faults) asError() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(f)
}
