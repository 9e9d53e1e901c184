// Package updatingtest gives tests the book of rules that a new portal starts
// with.
package updatingtest

import (
	"context"
	"testing"

	"github.com/goccy/go-yaml"

	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Book is the default book of rules.
func Book(t testing.TB) updating.Book {
	t.Helper()
	text, err := pack.Files.ReadFile("rules.yaml")
	if err != nil {
		t.Fatalf("reading the default rules: %v", err)
	}
	var book updating.Book
	if err := yaml.Unmarshal(text, &book); err != nil || !book.Complete() {
		t.Fatalf("reading the default rules: %v", err)
	}
	return book
}

// Fill puts the default book into a database.
func Fill(t testing.TB, db postgres.DB) {
	t.Helper()
	rules := updating.Store{DB: db}
	if err := rules.Replace(context.Background(), Book(t)); err != nil {
		t.Fatal(err)
	}
}
