package content

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/retention"
	"ahpfaculty/internal/updating"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// mustImport fills a database with the small pack.
func mustImport(t *testing.T, db postgres.DB, changes map[string]string) {
	t.Helper()
	if err := Import(t.Context(), db, newPack(changes)); err != nil {
		t.Fatalf("Import = %v, want no error", err)
	}
}

func TestExportGivesBackWhatWasImported(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	parsed, err := Parse(newPack(nil))
	if err != nil {
		t.Fatalf("Parse = %v, want no fault", err)
	}
	want, err := parsed.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	dir := t.TempDir()
	if err := Export(t.Context(), tx, dir); err != nil {
		t.Fatalf("Export = %v, want no error", err)
	}
	exported, err := Parse(os.DirFS(dir))
	if err != nil {
		t.Fatalf("Parse(Export) = %v, want no fault", err)
	}
	got, err := exported.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	compareFiles(t, want, got)
}

func TestImportWithFaultsChangesNothing(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	err := Import(t.Context(), tx, newPack(map[string]string{"faculty.yaml": "nmae: x\n"}))
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("Import = %v, want Faults", err)
	}
	if _, err := Load(t.Context(), tx); err != nil {
		t.Errorf("Load = %v, want the content that was there", err)
	}
}

func TestImportReplacesWhatWasThere(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	mustImport(t, tx, map[string]string{"professions/dietitians.md": "", "faculty/about.md": ""})
	pack, err := Load(t.Context(), tx)
	if err != nil || len(pack.Professions) != 0 || len(pack.Pages) != 0 || len(pack.Strategies) != 1 {
		t.Errorf("Load = %+v, %v, want the second pack alone", pack, err)
	}
}

func TestImportIfEmptyImportsOnce(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	for _, want := range []bool{true, false} {
		got, err := ImportIfEmpty(t.Context(), tx, newPack(nil))
		if err != nil || got != want {
			t.Errorf("ImportIfEmpty = %v, %v, want %v", got, err, want)
		}
	}
}

func TestRulesComeToContentThatIsOlder(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, map[string]string{"faculty/about.md": strings.Replace(about, "About us", "Ours alone", 1)})
	rules := updating.Store{DB: tx}
	if err := rules.Replace(t.Context(), updating.Book{}); err != nil {
		t.Fatalf("Replace = %v, want no error", err)
	}
	if imported, err := ImportIfEmpty(t.Context(), tx, newPack(nil)); err != nil || imported {
		t.Fatalf("ImportIfEmpty = %t, %v, want nothing of the content imported", imported, err)
	}
	loaded, err := Load(t.Context(), tx)
	if err != nil || !loaded.Rules.Complete() || loaded.Pages[0].Title != "Ours alone" {
		t.Errorf("Load = %+v, %v, want the rules beside the content that was there", loaded.Pages, err)
	}
}

func TestSearchFindsFiguresAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, map[string]string{"faculty/about.md": about + "\nIt takes {long-days hours} hours.\n"})
	pages := Store{DB: tx}
	finds := func(query string) int {
		hits, err := pages.Search(t.Context(), query, 10)
		if err != nil {
			t.Fatalf("Search(%s) = %v", query, err)
		}
		return len(hits)
	}
	var raw int
	if err := tx.QueryRow(t.Context(), `select count(*) from search_entry where body like '%{%'`).Scan(&raw); err != nil || raw != 0 || finds("420") != 1 {
		t.Errorf("found %d for 420 and %d placeholders (%v), want 1 and none", finds("420"), raw, err)
	}
	today := updating.DateOf(time.Now())
	n := updating.NewValue{Figure: updating.DayHours, Value: "8", Source: "hcpc-updating",
		Day: "1", Month: "2", Year: "2025"}
	err := ChangeRules(t.Context(), tx, func(rules *updating.Store) error {
		book, err := rules.Book(t.Context())
		figure, _ := book.Figure(n.Figure)
		n.Edition = figure.Edition()
		if err != nil {
			return err
		}
		return rules.Set(t.Context(), updating.By{}, n, today)
	})
	if err != nil {
		t.Fatalf("ChangeRules = %v, want no error", err)
	}
	if finds("420") != 0 || finds("480") != 1 {
		t.Errorf("found %d for 420 and %d for 480, want none and 1", finds("420"), finds("480"))
	}
}

func TestSearchLearnsOfAnotherPeriod(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, map[string]string{"faculty/about.md": about + "\nCases stay {kept ended-expression}.\n"})
	var staffID string
	if err := tx.QueryRow(t.Context(), `
		insert into staff_account (email, name, role, created_at) values ('sam@example.org', 'Sam', 'lead', now()) returning id::text`).Scan(&staffID); err != nil {
		t.Fatal(err)
	}
	kept := retention.Store{DB: tx, Now: time.Now}
	body := func() string {
		var text string
		if err := tx.QueryRow(t.Context(), `select body from search_entry where slug = 'about'`).Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	if text := body(); !strings.Contains(text, "Cases stay 12 months") {
		t.Errorf("the index has %q, want 12 months", text)
	}
	change := retention.Change{Kind: retention.EndedExpression, Period: "18", Seen: 12}
	if err := SetPeriod(t.Context(), kept, retention.By{StaffID: staffID}, change); err != nil {
		t.Fatalf("SetPeriod = %v", err)
	}
	if text := body(); !strings.Contains(text, "Cases stay 18 months") {
		t.Errorf("the index has %q, want 18 months", text)
	}
	if err := SetPeriod(t.Context(), kept, retention.By{StaffID: staffID}, change); !errors.Is(err, retention.ErrChanged) {
		t.Errorf("SetPeriod of an older window = %v, want ErrChanged", err)
	}
}

func TestImportTellsListeners(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatalf("Acquire = %v, want a connection", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(t.Context(), "listen "+Changed); err != nil {
		t.Fatalf("listen = %v, want no error", err)
	}
	mustImport(t, pool, nil)
	if _, err := conn.Conn().WaitForNotification(t.Context()); err != nil {
		t.Errorf("WaitForNotification = %v, want a notification", err)
	}
}

func TestPageIsFoundBySectionAndSlug(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	store := &Store{DB: tx}
	page, err := store.Page(t.Context(), Faculty, "about")
	if err != nil || page.Title != "About us" || !strings.HasPrefix(page.Body, "## One") {
		t.Errorf("Page(about) = %+v, %v, want it", page, err)
	}
	if _, err := store.Page(t.Context(), Careers, "about"); !errors.Is(err, fault.NotFound) {
		t.Errorf("Page(careers/about) = %v, want NotFound", err)
	}
	pages, err := store.Pages(t.Context(), Faculty)
	if err != nil || len(pages) != 1 {
		t.Errorf("Pages(faculty) = %+v, %v, want one", pages, err)
	}
}

func TestSearchFinds(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, map[string]string{"professions/podiatrists.md": strings.NewReplacer(
		"slug: dietitians", "slug: podiatrists", "name: Dietitians", "name: Podiatrists",
		"singular: Dietitian", "singular: Podiatrist", "order: 2", "order: 11",
		"Dietitians help people with food: what to eat, and how.", "Podiatrists look after feet.",
	).Replace(dietitians)})
	store := &Store{DB: tx}
	tests := map[string]struct{ query, kind, slug string }{
		"an alias":              {"Chiropodist", KindProfession, "podiatrists"},
		"the start of a word":   {"diet", KindProfession, "dietitians"},
		"a plural":              {"dietitian", KindProfession, "dietitians"},
		"an objective":          {"the first thing", KindObjective, "research-1"},
		"a theme":               {"research", KindTheme, "research"},
		"a strategy":            {"plan", KindStrategy, "plan"},
		"a group":               {"welcome abroad", KindGroup, "valuing-our-people"},
		"an organisation":       {"ULHT", KindOrganisation, "ulht"},
		"any word when not all": {"zebra podiatrist", KindProfession, "podiatrists"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			hits, err := store.Search(t.Context(), test.query, 10)
			if err != nil || len(hits) == 0 {
				t.Fatalf("Search(%q) = %v, %v, want a hit", test.query, hits, err)
			}
			if hits[0].Kind != test.kind || hits[0].Slug != test.slug {
				t.Errorf("Search(%q) = %+v first, want %s %s", test.query, hits[0], test.kind, test.slug)
			}
		})
	}
}

func TestSearchNeverFailsOnOddInput(t *testing.T) {
	t.Parallel()
	tx := postgrestest.Tx(t)
	mustImport(t, tx, nil)
	store := &Store{DB: tx}
	for _, query := range []string{
		"", " ", "'", "''':*", "a & | ! ( )", "\\", "the", "\x00", "\xff\xfe", "🦶", "<->", "a:b:c", "%", "''; drop table page",
		strings.Repeat("word ", 5000), strings.Repeat("x", 100000), "ﬁ ß İ", "1.5e9", "-", "http://a.b/c?d=e", "Iͣ٣",
	} {
		if _, err := store.Search(context.WithoutCancel(t.Context()), query, 5); err != nil {
			t.Errorf("Search(%.20q) = %v, want no error", query, err)
		}
	}
}
