// Package mailtest is a real SMTP server for tests, which keeps what it is
// sent and can be told to refuse, to be slow or silent, and to hang up.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// The ways in which a server encrypts.
const (
	Plain    = "plain"    // not at all
	StartTLS = "starttls" // when asked to
	Implicit = "implicit" // from the first byte
)

// Server is an SMTP server on this machine.
type Server struct {
	Host  string // localhost
	Port  string
	Roots *tls.Config // trusts the server's own certificate

	mu       sync.Mutex
	password string
	refusals []int // reply codes for the next recipients
	silences int   // recipients still to be left without an answer
	drops    int   // messages still to be left without an answer
	pause    time.Duration
	away     bool // hangs up on whoever calls
	received []Received
	ended    chan struct{} // closed with the test
}

// Received is a message that the server took.
type Received struct {
	From string
	To   []string
	Raw  string
}

// Header gives a header field of the message.
func (r Received) Header(t testing.TB, name string) string {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(r.Raw))
	if err != nil {
		t.Fatalf("reading a received message: %v", err)
	}
	return message.Header.Get(name)
}

// New starts a server that ends with the test.
func New(t testing.TB, encryption string) *Server {
	t.Helper()
	certificate, roots := newCertificate(t)
	s := &Server{Host: "localhost", Roots: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ended: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c.Conn()}, nil }))
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0) // a client that was killed is no news
	server.AllowInsecureAuth = encryption == Plain
	server.ReadTimeout, server.WriteTimeout = 10*time.Second, 10*time.Second
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listening: %v", err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	switch encryption {
	case StartTLS:
		server.TLSConfig = config
	case Implicit:
		listener = tls.NewListener(listener, config)
	}
	_, s.Port, err = net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatalf("reading the server's port: %v", err)
	}
	go func() { _ = server.Serve(door{listener, s}) }()
	t.Cleanup(func() {
		close(s.ended)
		_ = server.Close()
	})
	return s
}

// RequirePassword makes the server ask for a password; any name will do.
func (s *Server) RequirePassword(password string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.password = password
}

// Refuse answers the next recipients with these codes, one each.
func (s *Server) Refuse(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = append(s.refusals, codes...)
}

// Silence leaves the next recipients without any answer.
func (s *Server) Silence(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silences += n
}

// Slow lets the answer to every recipient and message take so long.
func (s *Server) Slow(pause time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pause = pause
}

// Drop takes the next messages and hangs up before it says so.
func (s *Server) Drop(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drops += n
}

// Leave hangs up on whoever calls, before a word is said.
func (s *Server) Leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = true
}

// Recover ends every fault that the server was told to have.
func (s *Server) Recover() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals, s.silences, s.drops, s.pause, s.away = nil, 0, 0, 0, false
}

// wait rests before an answer; for good, or rather to the test's end, where the
// recipient is one to be silent to.
func (s *Server) wait(recipient bool) {
	s.mu.Lock()
	pause := s.pause
	silent := recipient && len(s.refusals) == 0 && s.silences > 0
	if silent {
		s.silences--
	}
	s.mu.Unlock()
	if silent {
		<-s.ended
	}
	time.Sleep(pause)
}

// Received gives the messages that the server took, the first one first.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.received...)
}

// door is where callers come in, while the server is not away.
type door struct {
	net.Listener
	server *Server
}

// Accept takes a connection, unless the server is to refuse it.
func (d door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		d.server.mu.Lock()
		away := d.server.away
		d.server.mu.Unlock()
		if !away {
			return conn, nil
		}
		_ = conn.Close()
	}
}

// session is one conversation.
type session struct {
	server  *Server
	conn    net.Conn
	trusted bool
	message Received
}

// AuthMechanisms are the ways to sign in that the server offers.
func (c *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth checks a name and password.
func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error {
		c.server.mu.Lock()
		defer c.server.mu.Unlock()
		if password != c.server.password {
			return smtp.ErrAuthFailed
		}
		c.trusted = true
		return nil
	}), nil
}

// Mail begins a mail.
func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if c.server.password != "" && !c.trusted {
		return smtp.ErrAuthRequired
	}
	c.message = Received{From: from}
	return nil
}

// Rcpt takes an address that a mail goes to.
func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.server.wait(true)
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if len(c.server.refusals) > 0 {
		code := c.server.refusals[0]
		c.server.refusals = c.server.refusals[1:]
		// Real servers repeat the address in what they say.
		return &smtp.SMTPError{Code: code, Message: "no thanks, " + to}
	}
	c.message.To = append(c.message.To, to)
	return nil
}

// Data takes the mail itself.
func (c *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.message.Raw = string(raw)
	c.server.wait(false)
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.server.received = append(c.server.received, c.message)
	if c.server.drops > 0 {
		c.server.drops--
		return c.conn.Close()
	}
	return nil
}

// Reset forgets the mail that was begun.
func (c *session) Reset() { c.message = Received{} }

// Logout ends the session.
func (c *session) Logout() error { return nil }

// newCertificate makes a certificate for localhost that nobody else trusts.
func newCertificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, keyErr := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, derErr := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	certificate, parseErr := x509.ParseCertificate(der)
	if err := errors.Join(keyErr, derErr, parseErr); err != nil {
		t.Fatalf("making a certificate: %v", err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
