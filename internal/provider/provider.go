// Package provider asks an OpenID Connect provider who somebody is: the
// authorization code flow with PKCE, by discovery.
package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/staff"
)

// Client asks one provider. It finds out where the provider's parts are when it
// is first asked, so that a provider that is down keeps nobody from starting.
type Client struct {
	settings  config.OIDC
	returnURL string // where the provider sends people back to
	now       func() time.Time
	http      *http.Client

	mu    sync.Mutex
	found *discovered // nil before the first answer
}

// discovered is what a provider says about itself.
type discovered struct {
	*oidc.Provider
	at           time.Time
	endSession   string
	namesIssuer  bool // its answers name it
	secretInForm bool // it takes the client's secret in the form alone
}

const (
	// callTime is how long one answer of the provider may take.
	callTime = 3 * time.Second
	// tries is how often it is asked about itself before it counts as down.
	tries = 3
	// discoveredFor is how long what it says about itself is believed.
	discoveredFor = time.Hour
)

// New makes a client of the provider of the settings.
func New(settings config.OIDC, returnURL string, now func() time.Time) *Client {
	return &Client{settings: settings, returnURL: returnURL, now: now, http: newHTTP()}
}

// Name is what people know the provider by.
func (c *Client) Name() string { return c.settings.Name }

// MapsRoles reports whether roles come from a claim.
func (c *Client) MapsRoles() bool { return c.settings.RolesClaim != "" }

// AuthURL is where somebody is sent, for a flow. A provider that does not
// answer is an Unavailable fault.
func (c *Client) AuthURL(ctx context.Context, flow staff.Flow) (string, error) {
	found, err := c.discover(ctx)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(flow.Nonce), oauth2.S256ChallengeOption(flow.Verifier)}
	if flow.Anew() {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return c.oauth(found).AuthCodeURL(flow.State, options...), nil
}

// SignOutURL is where somebody signs out of the provider, and comes back to a
// page of ours; "" where it has no such page, or does not answer.
func (c *Client) SignOutURL(ctx context.Context, back string) string {
	found, err := c.discover(ctx)
	if err != nil || found.endSession == "" {
		return ""
	}
	to, err := url.Parse(found.endSession)
	if err != nil {
		return ""
	}
	query := to.Query()
	query.Set("client_id", c.settings.ClientID)
	query.Set("post_logout_redirect_uri", back)
	to.RawQuery = query.Encode()
	return to.String()
}

// oauth is the client's part of OAuth 2.0.
func (c *Client) oauth(found *discovered) *oauth2.Config {
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if found.secretInForm {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: c.settings.ClientID, ClientSecret: c.settings.ClientSecret, Endpoint: endpoint,
		RedirectURL: c.returnURL, Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// discover gives what the provider says about itself, as it said it lately.
func (c *Client) discover(ctx context.Context) (*discovered, error) {
	c.mu.Lock()
	before := c.found
	c.mu.Unlock()
	if before != nil && c.now().Sub(before.at) < discoveredFor {
		return before, nil
	}
	found, err := c.ask(ctx)
	if err != nil && before != nil {
		return before, nil // it was right an hour ago
	}
	if err != nil {
		return nil, fmt.Errorf("finding the sign-in provider: %w: %w", fault.Unavailable, err)
	}
	c.mu.Lock()
	c.found = found
	c.mu.Unlock()
	return found, nil
}

// ask asks the provider about itself, again where it does not answer.
func (c *Client) ask(ctx context.Context) (found *discovered, err error) {
	for i := range tries {
		if i > 0 {
			select {
			case <-ctx.Done():
				return nil, errors.Join(err, ctx.Err())
			case <-time.After(time.Duration(i) * 200 * time.Millisecond):
			}
		}
		if found, err = c.askOnce(ctx); err == nil {
			return found, nil
		}
		var other *oidc.IssuerMismatchError
		if errors.As(err, &other) {
			return nil, err
		}
	}
	return nil, err
}

func (c *Client) askOnce(ctx context.Context) (*discovered, error) {
	about, err := oidc.NewProvider(oidc.ClientContext(ctx, c.http), c.settings.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		EndSession  string   `json:"end_session_endpoint"`
		NamesIssuer bool     `json:"authorization_response_iss_parameter_supported"`
		KeysURL     string   `json:"jwks_uri"`
		AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := about.Claims(&more); err != nil {
		return nil, fmt.Errorf("reading what the provider says about itself: %w", err)
	}
	endpoint := about.Endpoint()
	for _, part := range []string{endpoint.AuthURL, endpoint.TokenURL, more.KeysURL, cmp.Or(about.UserInfoEndpoint(), endpoint.TokenURL), cmp.Or(more.EndSession, endpoint.TokenURL)} {
		if err := c.asSafe(part); err != nil {
			return nil, err
		}
	}
	inHeader := len(more.AuthMethods) == 0 || slices.Contains(more.AuthMethods, "client_secret_basic")
	return &discovered{Provider: about, at: c.now(), endSession: more.EndSession, namesIssuer: more.NamesIssuer, secretInForm: !inHeader}, nil
}

// asSafe refuses a part of the provider that is not at an address on the web,
// or less safe than its issuer.
func (c *Client) asSafe(part string) error {
	address, err := url.Parse(part)
	if err != nil || address.Host == "" || (address.Scheme != "https" && address.Scheme != "http") {
		return errors.New("the provider names a part that has no address on the web")
	}
	if address.Scheme == "http" && strings.HasPrefix(c.settings.Issuer, "https:") {
		return errors.New("the provider names a part without TLS")
	}
	return nil
}
