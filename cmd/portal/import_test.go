package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestImportSaysWhatIsWrongAndTakesWhatIsRightOnce(t *testing.T) {
	t.Parallel()
	settings := []string{"PORTAL_DATA_DIR=" + dataDir(t)}
	file := filepath.Join(t.TempDir(), "forms.csv")
	text := "Who,E-mail,Profession,Date of call,Fax\nAda Lovelace,ada@example.org,Dietitian,28/02/2026,1\nFlo,nowhere,Paramedic,1/3/2026,2\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	mapped := []string{"import", file, "--map", "Who=name", "--map", "Date of call=received"}
	for _, test := range []struct {
		args   []string
		status int
		says   []string
	}{
		{[]string{"import", file}, 1, []string{"no column is: Name, or first and last name; Received"}},
		{[]string{"import", file, "--map", "Nobody=name"}, 1, []string{`no column has the heading "Nobody"`}},
		{[]string{"import", file, "--map", "Who=king"}, 1, []string{`no field "king"`}},
		{append(mapped, "--by", "nobody@example.org"), 1, []string{"no faculty lead has the email address nobody@example.org"}},
		{append(mapped, "--dry-run"), 0, []string{"Date of call  Received", "left out", "row 3 is not imported: E-mail: Enter one email address", "2 rows: 1 right, 1 wrong."}},
		{mapped, 0, []string{"Imported 1 of 2 rows."}},
		{mapped, 1, []string{"this file was imported on", "as forms.csv"}},
		{[]string{"import", filepath.Dir(file)}, 1, []string{"is a directory"}},
	} {
		status, said := start(t, test.args, settings...).end(t, time.Minute)
		if status != test.status {
			t.Errorf("portal %v ended with %d, want %d:\n%s", test.args, status, test.status, said)
		}
		for _, want := range test.says {
			if !strings.Contains(said, want) {
				t.Errorf("portal %v says\n%s\nwant %q in it", test.args, said, want)
			}
		}
	}
}

// TestAnImportThatIsKilledLeavesNothingHalf kills the program, with the Postgres
// that it runs, while it imports, and then lets it go on.
func TestAnImportThatIsKilledLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	const rows = 2000
	file := filepath.Join(t.TempDir(), "forms.csv")
	text := strings.Builder{}
	text.WriteString("Name,Email address,Profession,Received,Stage,Notes\n")
	for n := range rows {
		fmt.Fprintf(&text, "Nr %d,nr%d@example.org,Dietitian,28/02/2026,Updating,rang\n", n, n)
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := dataDir(t)
	random := rand.New(rand.NewPCG(1, 1))
	for range 4 {
		p := start(t, []string{"import", file}, "PORTAL_DATA_DIR="+dir)
		p.waitFor(t, "2000 rows: 2000 right", time.Minute)
		time.Sleep(time.Duration(random.IntN(400)) * time.Millisecond)
		_ = p.cmd.Process.Kill()
		p.end(t, time.Minute)
	}
	status, said := start(t, []string{"import", file}, "PORTAL_DATA_DIR="+dir).end(t, 2*time.Minute)
	if status != 0 || !strings.Contains(said, "Imported 2000 of 2000 rows.") {
		t.Errorf("portal import ended with %d:\n%s", status, said)
	}
	pool := (&killed{dir: dir}).database(t)
	for what, want := range map[string]int{
		`select count(*) from expression where stage = 'updating'`: rows,
		`select count(*) from event where kind = 'imported'`:       rows,
		`select count(distinct import_id) from expression`:         1,
		`select count(*) from intake where state = 'imported'`:     1,
	} {
		if n := count(t, pool, what); n != want {
			t.Errorf("%s = %d, want %d", what, n, want)
		}
	}
}

// TestAnImportBesideAPortalThatServesIsMadeOnce has the portal, which gets a job
// for it, and the program import the same file.
func TestAnImportBesideAPortalThatServesIsMadeOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "forms.csv")
	text := "Name,Email address,Profession,Received\n" + strings.Repeat("Ada,ada@example.org,Dietitian,28/02/2026\n", 2000)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := dataDir(t)
	serving := start(t, []string{"serve"}, "PORTAL_DATA_DIR="+dir, "PORTAL_ADDR="+freePort(t))
	serving.waitFor(t, "Portal ready", time.Minute)
	if status, said := start(t, []string{"import", file}, "PORTAL_DATA_DIR="+dir).end(t, 2*time.Minute); status != 0 || !strings.Contains(said, "Imported 2000 of 2000 rows.") {
		t.Errorf("portal import ended with %d:\n%s", status, said)
	}
	var n int
	if err := (&killed{dir: dir}).database(t).QueryRow(t.Context(), `select count(*) from expression`).Scan(&n); err != nil || n != 2000 {
		t.Errorf("%d cases, %v, want 2,000", n, err)
	}
}
