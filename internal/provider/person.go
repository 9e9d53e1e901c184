package provider

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/staff"
)

// signedWith are the ways of signing a token that are taken: never "none", and
// none with a secret that both sides know.
var signedWith = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}

// Person is who has signed in at the provider, as its answer in the query of
// our address proves. An answer that proves nothing is a staff.Refusal; a
// provider that does not answer an Unavailable fault.
func (c *Client) Person(ctx context.Context, flow staff.Flow, answer url.Values) (staff.Person, error) {
	found, err := c.discover(ctx)
	if err != nil {
		return staff.Person{}, err
	}
	if issuer := answer.Get("iss"); issuer != c.settings.Issuer && (issuer != "" || found.namesIssuer) {
		return staff.Person{}, staff.WrongIssuer
	}
	if answer.Get("error") != "" || answer.Get("code") == "" {
		return staff.Person{}, staff.TurnedDown
	}
	ctx = oidc.ClientContext(ctx, c.http)
	token, err := c.oauth(found).Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(flow.Verifier))
	if err != nil {
		return staff.Person{}, exchangeFault(err)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return staff.Person{}, staff.NoToken
	}
	id, err := c.verify(ctx, found, raw, flow)
	if err != nil {
		return staff.Person{}, err
	}
	said, err := c.claims(ctx, found, id, token)
	if err != nil {
		return staff.Person{}, err
	}
	person := said.person(id, c)
	if !person.Proved(flow) {
		return staff.Person{}, staff.NotAnew
	}
	return person, nil
}

// exchangeFault tells a provider that refuses a code from one that is away.
func exchangeFault(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < 500 {
		return staff.WrongCode
	}
	return fmt.Errorf("asking the provider for a token: %w", fault.Unavailable)
}

// verify reads a token that the provider signed, for us, for this flow, lately.
func (c *Client) verify(ctx context.Context, found *discovered, raw string, flow staff.Flow) (*oidc.IDToken, error) {
	id, err := found.VerifierContext(ctx, &oidc.Config{ClientID: c.settings.ClientID, SupportedSigningAlgs: signedWith, Now: c.now}).Verify(ctx, raw)
	if err != nil {
		return nil, c.whyNot(ctx, found, raw)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(flow.Nonce)) != 1 {
		return nil, staff.WrongNonce
	}
	var more struct {
		Party string `json:"azp"`
	}
	if id.Claims(&more) != nil || id.Subject == "" {
		return nil, staff.NoToken
	}
	if (more.Party != "" || len(id.Audience) > 1) && more.Party != c.settings.ClientID {
		return nil, staff.WrongAudience
	}
	return id, nil
}

// whyNot names why a token was not taken, for the audit.
func (c *Client) whyNot(ctx context.Context, found *discovered, raw string) staff.Refusal {
	id, err := found.VerifierContext(ctx, &oidc.Config{
		SupportedSigningAlgs: signedWith, SkipClientIDCheck: true, SkipExpiryCheck: true, SkipIssuerCheck: true,
	}).Verify(ctx, raw)
	switch {
	case err != nil:
		return staff.WrongSignature
	case id.Issuer != c.settings.Issuer:
		return staff.WrongIssuer
	case !slices.Contains(id.Audience, c.settings.ClientID):
		return staff.WrongAudience
	default:
		return staff.TokenExpired
	}
}

// said is what a provider says about somebody, by the names of the claims.
type said map[string]any

// claims are those of the token and, where it has no address or no roles,
// those that the provider tells when it is asked about the same person.
func (c *Client) claims(ctx context.Context, found *discovered, id *oidc.IDToken, token *oauth2.Token) (said, error) {
	claims := said{}
	if err := id.Claims(&claims); err != nil {
		return nil, staff.NoToken
	}
	enough := claims["email"] != nil && (!c.MapsRoles() || claims[c.settings.RolesClaim] != nil)
	if enough || found.UserInfoEndpoint() == "" {
		return claims, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return nil, fmt.Errorf("asking the provider about a person: %w", fault.Unavailable)
	}
	if info.Subject != id.Subject {
		return nil, staff.SomebodyElse
	}
	more := said{}
	if err := info.Claims(&more); err != nil {
		return nil, staff.NoToken
	}
	// What is signed stands before what is not. An address and whether it was
	// verified belong together.
	if claims["email"] != nil {
		delete(more, "email_verified")
		delete(more, "xms_edov")
	}
	for name, value := range more {
		if _, there := claims[name]; !there {
			claims[name] = value
		}
	}
	return claims, nil
}

func (s said) person(id *oidc.IDToken, c *Client) staff.Person {
	person := staff.Person{
		Issuer: id.Issuer, Subject: id.Subject, Email: s.text("email"), Name: s.text("name"),
		// Entra ID says by xms_edov whether the address is its domain's owner's.
		EmailVerified: s.yes("email_verified") || s.yes("xms_edov"),
		RoleFromClaim: c.MapsRoles(), Role: c.role(s.list(c.settings.RolesClaim)),
	}
	if at, ok := s["auth_time"].(float64); ok {
		person.SignedInAt = time.Unix(int64(at), 0)
	}
	return person
}

// role is the role of somebody with values of the claim: of several the one
// that may do most; "" where none is mapped.
func (c *Client) role(values []string) staff.Role {
	var given staff.Role
	for _, role := range staff.Roles() {
		if slices.ContainsFunc(values, func(value string) bool { return c.settings.Roles[value] == string(role) }) {
			given = role
		}
	}
	return given
}

func (s said) text(claim string) string {
	text, _ := s[claim].(string)
	return text
}

// yes reads a claim that providers write as true, 1, "true" or "1".
func (s said) yes(claim string) bool {
	text, _ := json.Marshal(s[claim])
	return slices.Contains([]string{"true", "1", `"true"`, `"1"`}, string(text))
}

// list reads a claim of one text or several.
func (s said) list(claim string) []string {
	if text := s.text(claim); text != "" {
		return []string{text}
	}
	values, _ := s[claim].([]any)
	var texts []string
	for _, value := range values {
		if text, ok := value.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
