package config

import (
	"maps"
	"strings"
	"testing"
)

// single is a working set of settings of single sign-on, with changes.
func single(changes map[string]string) func(string) string {
	settings := map[string]string{
		"PORTAL_OIDC_ISSUER": "https://login.example.nhs.uk/tenant/v2.0", "PORTAL_OIDC_CLIENT_ID": "portal",
		"PORTAL_OIDC_CLIENT_SECRET": "hunter2", "PORTAL_OIDC_NAME": "NHSmail",
	}
	maps.Copy(settings, changes)
	return env(settings)
}

func TestSingleSignOnIsOffUntilItIsSet(t *testing.T) {
	t.Parallel()
	c, err := Load(env(nil))
	if err != nil || c.OIDC.On() || c.LocalSignInOff {
		t.Errorf("Load(nothing) = %+v, %v, want local sign-in alone", c.OIDC, err)
	}
}

func TestSingleSignOnIsReadWithItsRoles(t *testing.T) {
	t.Parallel()
	c, err := Load(single(map[string]string{
		"PORTAL_OIDC_ROLES_CLAIM": "groups", "PORTAL_OIDC_ROLES": "AHP Leads=lead, cn=ahp,o=reviewer ,x=viewer", "PORTAL_LOCAL_SIGN_IN": "off",
	}))
	if err == nil {
		t.Error("Load(a pair without a role) = nil, want an error")
	}
	c, err = Load(single(map[string]string{
		"PORTAL_OIDC_ROLES_CLAIM": "groups", "PORTAL_OIDC_ROLES": "AHP Leads=lead, cn=ahp=reviewer", "PORTAL_LOCAL_SIGN_IN": "off",
	}))
	want := map[string]string{"AHP Leads": "lead", "cn=ahp": "reviewer"}
	if err != nil || !c.OIDC.On() || !c.LocalSignInOff || !maps.Equal(c.OIDC.Roles, want) || c.OIDC.RolesClaim != "groups" {
		t.Errorf("Load(single sign-on) = %+v, %v", c.OIDC, err)
	}
}

func TestTheProviderHasANameWithoutOneBeingSet(t *testing.T) {
	t.Parallel()
	if c, err := Load(single(map[string]string{"PORTAL_OIDC_NAME": ""})); err != nil || c.OIDC.Name == "" {
		t.Errorf("Load(no name) = %q, %v, want a name", c.OIDC.Name, err)
	}
}

func TestBadSettingsOfSingleSignOnAreNamedWithoutTheSecret(t *testing.T) {
	t.Parallel()
	for setting, changes := range map[string]map[string]string{
		"PORTAL_OIDC_ISSUER":        {"PORTAL_OIDC_ISSUER": "login.example.nhs.uk"},
		"PORTAL_OIDC_ISSUER must":   {"PORTAL_OIDC_ISSUER": "https://u:hunter2@login.example.nhs.uk"},
		"PORTAL_OIDC_CLIENT_ID":     {"PORTAL_OIDC_CLIENT_ID": ""},
		"PORTAL_OIDC_CLIENT_SECRET": {"PORTAL_OIDC_CLIENT_SECRET": ""},
		"PORTAL_OIDC_NAME":          {"PORTAL_OIDC_NAME": strings.Repeat("n", 41)},
		"PORTAL_OIDC_ROLES":         {"PORTAL_OIDC_ROLES_CLAIM": "groups"},
		"PORTAL_OIDC_ROLES and":     {"PORTAL_OIDC_ROLES": "a=lead"},
		"PORTAL_OIDC_ROLES gives":   {"PORTAL_OIDC_ROLES_CLAIM": "groups", "PORTAL_OIDC_ROLES": "a=owner"},
		`gives "a" two roles`:       {"PORTAL_OIDC_ROLES_CLAIM": "groups", "PORTAL_OIDC_ROLES": "a=lead,a=viewer"},
		"is set without":            {"PORTAL_OIDC_ISSUER": ""},
		"nobody could sign in":      {"PORTAL_OIDC_ISSUER": "", "PORTAL_LOCAL_SIGN_IN": "off"},
		"PORTAL_LOCAL_SIGN_IN must": {"PORTAL_LOCAL_SIGN_IN": "no"},
		"must start with https://":  {"PORTAL_ENV": "production", "PORTAL_OIDC_ISSUER": "http://login.example.nhs.uk"},
	} {
		_, err := Load(single(changes))
		if err == nil || !strings.Contains(err.Error(), setting) {
			t.Errorf("Load(%v) = %v, want an error that says %q", changes, err, setting)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Load(%v) prints the secret: %v", changes, err)
		}
	}
}
