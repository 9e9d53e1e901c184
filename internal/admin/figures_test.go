package admin_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/staff"
)

// table reads a file of figures.
func table(t *testing.T, body string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatalf("reading %q: %v", body, err)
	}
	return rows
}

func TestEachTableOfFiguresIsAFile(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.expression("Zoë Example", "physiotherapists")
	lead, account := p.signedIn(staff.Lead)
	move := interest.Move{Reference: c.Reference, Version: c.Version, To: interest.Contacted, Nonce: "n"}
	if err := p.interest.Move(t.Context(), interest.By{StaffID: account.ID}, move); err != nil {
		t.Fatalf("Move() = %v", err)
	}
	for path, want := range map[string]string{
		"steps":       "Contacted|1|100%",
		"professions": "Physiotherapists|1|1|0|0|0",
		"quarters":    "Together|1|1|0|0|0",
		"stages":      "Contacted|1",
		"cases/late":  "Contacted|0",
		"cases/times": "Received|0|1",
		"cases/load":  "Nobody|1|0",
	} {
		page := lead.Get("/admin/figures/" + path).Want(http.StatusOK)
		found := false
		for _, row := range table(t, page.Body) {
			found = found || strings.Join(row, "|") == want
		}
		if !found || page.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Errorf("%s = %q, want a row %s", path, page.Body, want)
		}
		if !strings.HasPrefix(path, "cases/") {
			continue
		}
		for _, role := range []staff.Role{staff.Viewer, staff.Editor, staff.Reviewer} {
			other, _ := p.signedIn(role)
			other.Get("/admin/figures/" + path).Want(http.StatusForbidden)
		}
	}
	lead.Get("/admin/figures/everything").Want(http.StatusNotFound)
	lead.Get("/admin/figures/late").Want(http.StatusNotFound)
}

func TestFiguresAreOfTheChosenProfessionAndPeriod(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.expression("Zoë Example", "physiotherapists")
	lead, _ := p.signedIn(staff.Lead)
	for query, want := range map[string]string{
		"":                             "Received|1|100%",
		"?profession=physiotherapists": "Received|1|100%",
		"?profession=dietitians":       "Received|0|",
		"?period=this-quarter":         "Received|1|100%",
		"?profession=physiotherapists&period=four-quarters": "Received|1|100%",
	} {
		rows := table(t, lead.Get("/admin/figures/steps"+query).Want(http.StatusOK).Body)
		if got := strings.Join(rows[1], "|"); got != want {
			t.Errorf("steps%s = %s, want %s", query, got, want)
		}
		lead.Get("/admin"+query).Want(http.StatusOK).Has("#figures", "How far")
	}
	for _, bad := range []string{"?profession=wizards", "?period=always", "?period=%27"} {
		lead.Get("/admin" + bad).Want(http.StatusBadRequest)
		lead.Get("/admin/figures/steps" + bad).Want(http.StatusBadRequest)
	}
}

func TestViewersGetNoFileThatTellsMoreThanThePage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for range 6 {
		p.expression("Zoë Example", "physiotherapists")
	}
	p.expression("Ann Example", "orthoptists")
	viewer, _ := p.signedIn(staff.Viewer)
	for _, path := range []string{"steps", "professions", "quarters", "stages"} {
		for _, query := range []string{"", "?profession=orthoptists", "?period=this-quarter"} {
			body := viewer.Get("/admin/figures/" + path + query).Want(http.StatusOK).Body
			for _, row := range table(t, body)[1:] {
				for _, cell := range row[1:] {
					if cell == "1" || cell == "0" {
						t.Errorf("%s%s shows a viewer a %s:\n%s", path, query, cell, body)
					}
				}
			}
		}
	}
	rows := table(t, viewer.Get("/admin/figures/professions").Body)
	shown := 0
	for _, row := range rows[1:] {
		if row[1] != "Hidden" {
			shown++
		}
	}
	// Of 6, 1 and 7 together, no two may stand: the third would be given away.
	if shown > 1 {
		t.Errorf("a viewer sees %d of three numbers that add up:\n%v", shown, rows)
	}
}
