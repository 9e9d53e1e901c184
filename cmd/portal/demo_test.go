package main

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

func TestDemoInventsCasesAndSaysHowToSignIn(t *testing.T) {
	t.Parallel()
	settings := []string{"PORTAL_DATA_DIR=" + dataDir(t)}
	for range 2 {
		status, said := start(t, []string{"demo", "--expressions", "60"}, settings...).end(t, time.Minute)
		for _, want := range []string{"60 expressions of interest added", "portal staff link amara.holt@faculty.example.org", "# reviewer"} {
			if status != 0 || !strings.Contains(said, want) {
				t.Fatalf("portal demo ended with %d, want %q in:\n%s", status, want, said)
			}
		}
	}
	status, said := start(t, []string{"staff", "link", "amara.holt@faculty.example.org"}, settings...).end(t, time.Minute)
	if status != 0 || !strings.Contains(said, "http://localhost:8080/admin/") {
		t.Errorf("portal staff link ended with %d:\n%s", status, said)
	}
}

func TestDemoRefusesProductionAndFiguresThatAreNone(t *testing.T) {
	t.Parallel()
	production := []string{
		"PORTAL_ENV=production", "PORTAL_BASE_URL=https://portal.example.nhs.uk", "PORTAL_SMTP_URL=smtp://localhost", "PORTAL_MAIL_FROM=ahp@example.nhs.uk",
		"PORTAL_SECRETS=" + base64.StdEncoding.EncodeToString(make([]byte, 32)),
		"DATABASE_URL=postgres://portal@localhost:1/portal", "DATABASE_OWNER_URL=postgres://owner@localhost:1/portal",
	}
	for _, test := range []struct {
		args     []string
		settings []string
		says     string
	}{
		{[]string{"demo"}, production, "do not belong into production"},
		{[]string{"demo", "--expressions", "0"}, nil, "--expressions must be 1 or more"},
	} {
		status, said := start(t, test.args, test.settings...).end(t, time.Minute)
		if status == 0 || !strings.Contains(said, test.says) {
			t.Errorf("portal %v ended with %d, want %q in:\n%s", test.args, status, test.says, said)
		}
	}
}
