// Package config reads the portal's settings and reports every bad one at once.
package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// The two environments a portal runs in.
const (
	Development = "development"
	Production  = "production"
)

// secretBytes is the least length of one secret.
const secretBytes = 32

// Config is every setting; docs/running.md lists them with their defaults.
type Config struct {
	Env              string         // Development or Production
	Addr             string         // host:port that the server listens on
	BaseURL          string         // scheme and host people reach it by, no slash at the end
	MetricsAddr      string         // host:port of the metrics listener; "" is none
	DataDir          string         // absolute folder of the private Postgres, development's mail and secrets
	DatabaseURL      string         // the serving role's database; "" is the private Postgres
	DatabaseOwnerURL string         // the owner's, for migrations; "" is DatabaseURL in development
	PGBin            string         // folder of Postgres's server programs; "" is found
	SMTPURL          string         // smtp://user:password@host:587; "" is the data folder, in development
	MailFrom         string         // the address that mail comes from
	Secrets          [][]byte       // keys for signing, newest first; empty is made in the data folder, in development
	TrustedProxies   []netip.Prefix // whose X-Forwarded-For is believed
	OIDC             OIDC           // single sign-on
	LocalSignInOff   bool           // people sign in by OIDC alone
}

// Live reports whether real people use this portal.
func (c Config) Live() bool { return c.Env == Production }

// MailDir is the folder that development's mail is kept in.
func (c Config) MailDir() string { return filepath.Join(c.DataDir, "mail") }

// ExportDir is the folder for the temporary files of exports.
func (c Config) ExportDir() string { return filepath.Join(c.DataDir, "export") }

// Load reads the settings through getenv, usually os.Getenv. Its error joins
// one line per bad or missing setting.
func Load(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{
		Env:              r.oneOf("PORTAL_ENV", Development, Development, Production),
		Addr:             r.hostPort("PORTAL_ADDR", "127.0.0.1:8080"),
		MetricsAddr:      r.hostPort("PORTAL_METRICS_ADDR", ""),
		DataDir:          r.folder("PORTAL_DATA_DIR", ".data"),
		PGBin:            getenv("PORTAL_PG_BIN"),
		DatabaseURL:      r.url("DATABASE_URL", "", "postgres", "postgresql"),
		DatabaseOwnerURL: r.url("DATABASE_OWNER_URL", "", "postgres", "postgresql"),
		SMTPURL:          r.url("PORTAL_SMTP_URL", "", "smtp", "smtps"),
		MailFrom:         r.address("PORTAL_MAIL_FROM", "portal@localhost"),
		Secrets:          r.secrets("PORTAL_SECRETS"),
		TrustedProxies:   r.prefixes("PORTAL_TRUSTED_PROXIES"),
	}
	c.BaseURL = r.baseURL("PORTAL_BASE_URL", c.Addr)
	c.OIDC, c.LocalSignInOff = r.oidc(c.Live())
	if c.DatabaseOwnerURL != "" && c.DatabaseURL == "" {
		r.fault("DATABASE_URL", "is needed when DATABASE_OWNER_URL is set")
	}
	if c.Live() {
		r.needInProduction(c)
	}
	return c, errors.Join(r.faults...)
}

// reader collects the faults of all settings.
type reader struct {
	getenv func(string) string
	faults []error
}

func (r *reader) fault(name, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s %s", name, fmt.Sprintf(format, args...)))
}

func (r *reader) needInProduction(c Config) {
	for _, name := range []string{"DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_BASE_URL", "PORTAL_SMTP_URL", "PORTAL_MAIL_FROM", "PORTAL_SECRETS"} {
		if r.getenv(name) == "" {
			r.fault(name, "is needed in production")
		}
	}
	if c.BaseURL != "" && !strings.HasPrefix(c.BaseURL, "https://") {
		r.fault("PORTAL_BASE_URL", "must start with https:// in production")
	}
	if c.DatabaseURL != "" && c.DatabaseURL == c.DatabaseOwnerURL {
		r.fault("DATABASE_OWNER_URL", "must name another role than DATABASE_URL: the portal refuses to serve as the owner")
	}
}

func (r *reader) oneOf(name, fallback string, allowed ...string) string {
	value := r.getenv(name)
	if value == "" {
		return fallback
	}
	for _, one := range allowed {
		if value == one {
			return value
		}
	}
	r.fault(name, "must be one of: %s", strings.Join(allowed, ", "))
	return fallback
}

func (r *reader) hostPort(name, fallback string) string {
	value := r.getenv(name)
	if value == "" {
		return fallback
	}
	if _, _, err := net.SplitHostPort(value); err != nil {
		r.fault(name, "must be host:port, such as 127.0.0.1:8080")
		return fallback
	}
	return value
}

func (r *reader) folder(name, fallback string) string {
	value := r.getenv(name)
	if value == "" {
		value = fallback
	}
	absolute, err := filepath.Abs(value)
	if err != nil {
		r.fault(name, "cannot be made an absolute path: %v", err)
		return value
	}
	if info, err := os.Stat(absolute); err == nil && !info.IsDir() {
		r.fault(name, "must be a folder, and %s is a file", absolute)
	}
	return absolute
}

// url never prints the value: it may hold a password.
func (r *reader) url(name, fallback string, schemes ...string) string {
	value := r.getenv(name)
	if value == "" {
		return fallback
	}
	parsed, err := url.Parse(value)
	if err != nil {
		r.fault(name, "cannot be read as a URL")
		return ""
	}
	for _, scheme := range schemes {
		if parsed.Scheme == scheme {
			return value
		}
	}
	r.fault(name, "must start with %s://", strings.Join(schemes, ":// or "))
	return ""
}

func (r *reader) baseURL(name, addr string) string {
	value := r.getenv(name)
	if value == "" {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return ""
		}
		return "http://localhost:" + port
	}
	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") ||
		strings.Trim(parsed.Path, "/") != "" || parsed.RawQuery != "" || parsed.User != nil {
		r.fault(name, "must be a scheme and a host alone, such as https://portal.example.nhs.uk")
		return ""
	}
	return parsed.Scheme + "://" + parsed.Host
}

func (r *reader) address(name, fallback string) string {
	value := r.getenv(name)
	if value == "" {
		return fallback
	}
	// The faculty's name is put before it: the address alone belongs here.
	if parsed, err := mail.ParseAddress(value); err != nil || parsed.Address != value {
		r.fault(name, "must be one email address without a name, such as ahp@example.nhs.uk")
		return fallback
	}
	return value
}

func (r *reader) secrets(name string) [][]byte {
	value := r.getenv(name)
	if value == "" {
		return nil
	}
	var secrets [][]byte
	for i, part := range strings.Split(value, ",") {
		secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(part))
		if err != nil || len(secret) < secretBytes {
			r.fault(name, "entry %d must be %d bytes or more in base64, as openssl rand -base64 %d makes them", i+1, secretBytes, secretBytes)
			continue
		}
		secrets = append(secrets, secret)
	}
	return secrets
}

func (r *reader) prefixes(name string) []netip.Prefix {
	var prefixes []netip.Prefix
	for _, part := range strings.FieldsFunc(r.getenv(name), func(c rune) bool { return c == ',' || c == ' ' }) {
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			if addr, addrErr := netip.ParseAddr(part); addrErr == nil {
				prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
			}
		}
		if err != nil {
			r.fault(name, "has %q, which is no address or network such as 10.0.0.0/8", part)
			continue
		}
		prefixes = append(prefixes, prefix)
	}
	return prefixes
}
