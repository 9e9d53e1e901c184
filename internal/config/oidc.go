package config

import (
	"net/url"
	"slices"
	"strings"
)

// OIDC is the provider of single sign-on by OpenID Connect; the zero value is none.
type OIDC struct {
	Issuer       string            // the provider's address, exactly as it writes it in its tokens
	ClientID     string            // who we are to the provider
	ClientSecret string            // what proves that
	Name         string            // what people know the provider by: "NHSmail"
	RolesClaim   string            // the claim that says what somebody does; "" leaves roles to a lead
	Roles        map[string]string // values of that claim > roles of ours
}

// On reports whether there is single sign-on.
func (o OIDC) On() bool { return o.Issuer != "" }

// roles are those that a claim may be mapped to.
var roles = []string{"viewer", "editor", "reviewer", "lead"}

// longestName keeps the button on one line of a phone.
const longestName = 40

// oidc reads the settings of single sign-on, and whether people may sign in
// here without it.
func (r *reader) oidc(live bool) (o OIDC, localOff bool) {
	o = OIDC{
		Issuer: r.issuer("PORTAL_OIDC_ISSUER", live), ClientID: r.getenv("PORTAL_OIDC_CLIENT_ID"),
		ClientSecret: r.getenv("PORTAL_OIDC_CLIENT_SECRET"), Name: r.getenv("PORTAL_OIDC_NAME"),
		RolesClaim: r.getenv("PORTAL_OIDC_ROLES_CLAIM"), Roles: r.roles("PORTAL_OIDC_ROLES"),
	}
	localOff = r.oneOf("PORTAL_LOCAL_SIGN_IN", "on", "on", "off") == "off"
	if r.getenv("PORTAL_OIDC_ISSUER") == "" {
		r.withoutIssuer(localOff)
		return o, localOff
	}
	for _, name := range []string{"PORTAL_OIDC_CLIENT_ID", "PORTAL_OIDC_CLIENT_SECRET"} {
		if r.getenv(name) == "" {
			r.fault(name, "is needed with PORTAL_OIDC_ISSUER")
		}
	}
	if o.Name == "" {
		o.Name = "single sign-on"
	}
	if len([]rune(o.Name)) > longestName {
		r.fault("PORTAL_OIDC_NAME", "must be %d characters or less", longestName)
	}
	if (r.getenv("PORTAL_OIDC_ROLES_CLAIM") == "") != (r.getenv("PORTAL_OIDC_ROLES") == "") {
		r.fault("PORTAL_OIDC_ROLES", "and PORTAL_OIDC_ROLES_CLAIM are set together, or neither")
	}
	return o, localOff
}

// withoutIssuer finds what makes no sense without a provider.
func (r *reader) withoutIssuer(localOff bool) {
	for _, name := range []string{"CLIENT_ID", "CLIENT_SECRET", "NAME", "ROLES_CLAIM", "ROLES"} {
		if r.getenv("PORTAL_OIDC_"+name) != "" {
			r.fault("PORTAL_OIDC_"+name, "is set without PORTAL_OIDC_ISSUER")
		}
	}
	if localOff {
		r.fault("PORTAL_LOCAL_SIGN_IN", "is off without PORTAL_OIDC_ISSUER: nobody could sign in")
	}
}

// issuer reads the provider's address. It stays as it is written: tokens name
// it to the letter.
func (r *reader) issuer(name string, live bool) string {
	value := r.getenv(name)
	if value == "" {
		return ""
	}
	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "https" && parsed.Scheme != "http") ||
		parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" {
		r.fault(name, "must be the provider's address as its tokens have it, such as https://login.example.nhs.uk/tenant")
		return ""
	}
	if live && parsed.Scheme != "https" {
		r.fault(name, "must start with https:// in production")
	}
	return value
}

// roles reads value=role pairs. A value may hold an equals sign; a role does not.
func (r *reader) roles(name string) map[string]string {
	mapped := map[string]string{}
	for part := range strings.SplitSeq(r.getenv(name), ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		cut := strings.LastIndexByte(part, '=')
		if cut < 1 {
			r.fault(name, "has %q, which is no pair such as ahp-leads=lead", part)
			continue
		}
		value, role := strings.TrimSpace(part[:cut]), strings.TrimSpace(part[cut+1:])
		if !slices.Contains(roles, role) {
			r.fault(name, "gives %q the role %q, which must be one of: %s", value, role, strings.Join(roles, ", "))
			continue
		}
		if other := mapped[value]; other != "" && other != role {
			r.fault(name, "gives %q two roles", value)
		}
		mapped[value] = role
	}
	return mapped
}
