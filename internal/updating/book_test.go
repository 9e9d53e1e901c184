package updating

import (
	"os"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
)

// defaultBook is the book that a new portal starts with.
var defaultBook = sync.OnceValues(func() (Book, error) {
	var b Book
	text, err := os.ReadFile("../content/pack/rules.yaml")
	if err != nil {
		return b, err
	}
	return b, yaml.Unmarshal(text, &b)
})

func mustBook(t testing.TB) Book {
	t.Helper()
	b, err := defaultBook()
	if err != nil || !b.Complete() {
		t.Fatalf("reading the default rules: %v", err)
	}
	return b
}
