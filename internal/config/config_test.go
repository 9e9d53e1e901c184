package config

import (
	"encoding/base64"
	"strings"
	"testing"
)

func env(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestAnEmptyEnvironmentIsAWorkingDevelopment(t *testing.T) {
	t.Parallel()
	c, err := Load(env(nil))
	if err != nil {
		t.Fatalf("Load(nothing) = %v, want no error", err)
	}
	if c.Env != Development || c.Addr != "127.0.0.1:8080" || c.BaseURL != "http://localhost:8080" || !strings.HasSuffix(c.DataDir, "/.data") {
		t.Errorf("Load(nothing) = %+v", c)
	}
}

func TestTheBaseURLFollowsThePort(t *testing.T) {
	t.Parallel()
	c, err := Load(env(map[string]string{"PORTAL_ADDR": ":9000"}))
	if err != nil || c.BaseURL != "http://localhost:9000" {
		t.Errorf("BaseURL = %q, %v", c.BaseURL, err)
	}
}

func TestEveryBadSettingIsReportedAtOnceWithoutItsPassword(t *testing.T) {
	t.Parallel()
	_, err := Load(env(map[string]string{
		"PORTAL_ENV": "live", "PORTAL_ADDR": "8080", "PORTAL_BASE_URL": "portal.nhs.uk",
		"DATABASE_URL": "mysql://u:hunter2@h/d", "DATABASE_OWNER_URL": "://hunter2", "PORTAL_SMTP_URL": "http://h",
		"PORTAL_MAIL_FROM": "nobody", "PORTAL_SECRETS": "c2hvcnQ=", "PORTAL_TRUSTED_PROXIES": "10.0.0.0/99",
		"PORTAL_METRICS_ADDR": "x",
	}))
	if err == nil {
		t.Fatal("Load(all bad) = nil, want errors")
	}
	for _, name := range []string{"PORTAL_ENV", "PORTAL_ADDR", "PORTAL_BASE_URL", "DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_SMTP_URL", "PORTAL_MAIL_FROM", "PORTAL_SECRETS", "PORTAL_TRUSTED_PROXIES", "PORTAL_METRICS_ADDR"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("the error does not name %s:\n%v", name, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error prints a password:\n%v", err)
	}
}

func TestMailComesFromABareAddress(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"AHP Faculty <ahp@example.nhs.uk>", "ahp", "a@b.uk, c@d.uk"} {
		if _, err := Load(env(map[string]string{"PORTAL_MAIL_FROM": from})); err == nil {
			t.Errorf("Load(PORTAL_MAIL_FROM=%s) = nil, want an error", from)
		}
	}
}

func TestProductionNeedsItsSettings(t *testing.T) {
	t.Parallel()
	_, err := Load(env(map[string]string{"PORTAL_ENV": "production"}))
	if err == nil {
		t.Fatal("Load(production alone) = nil, want errors")
	}
	for _, name := range []string{"DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_BASE_URL", "PORTAL_SMTP_URL", "PORTAL_MAIL_FROM", "PORTAL_SECRETS"} {
		if !strings.Contains(err.Error(), name+" is needed") {
			t.Errorf("the error does not ask for %s:\n%v", name, err)
		}
	}
	full := map[string]string{
		"PORTAL_ENV": "production", "DATABASE_URL": "postgres://portal@db/p", "DATABASE_OWNER_URL": "postgres://owner@db/p",
		"PORTAL_BASE_URL": "https://ahp.example.nhs.uk/", "PORTAL_SMTP_URL": "smtp://h:587", "PORTAL_MAIL_FROM": "ahp@example.nhs.uk",
		"PORTAL_SECRETS": base64.StdEncoding.EncodeToString(make([]byte, 32)), "PORTAL_TRUSTED_PROXIES": "10.0.0.1, fd00::/8",
	}
	c, err := Load(env(full))
	if err != nil || c.BaseURL != "https://ahp.example.nhs.uk" || len(c.TrustedProxies) != 2 || len(c.Secrets) != 1 {
		t.Errorf("Load(full) = %+v, %v", c, err)
	}
	full["DATABASE_OWNER_URL"] = full["DATABASE_URL"]
	if _, err := Load(env(full)); err == nil {
		t.Error("Load(owner serves) = nil, want an error")
	}
}
