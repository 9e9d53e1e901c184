package content

import (
	"fmt"
	"strings"
)

// join names a field within the thing at a path.
func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}

// index names one of the list at a path.
func index(path string, i int) string {
	return fmt.Sprintf("%s[%d]", path, i)
}

// name is the last field of a path, which is what a writer knows it by.
func name(path string) string {
	path = path[strings.LastIndex(path, ".")+1:]
	field, _, _ := strings.Cut(path, "[")
	if field == "" {
		return "document"
	}
	return field
}
