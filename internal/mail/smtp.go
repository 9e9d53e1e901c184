package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtpTime is how long one conversation with a server may take.
const smtpTime = 30 * time.Second

// SMTP sends mail through a server.
type SMTP struct {
	host    string
	options []gomail.Option
}

// NewSMTP reads a server's URL, such as smtp://user:password@host:587. TLS is
// mandatory: smtps:// has it from the start, smtp:// by STARTTLS, and only
// ?tls=none does without. Roots are for a test's own certificate; nil is the
// machine's. The error never holds the URL.
func NewSMTP(rawURL string, roots *tls.Config) (*SMTP, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("the mail server's address cannot be read: it looks like smtp://user:password@host:587")
	}
	s := &SMTP{host: u.Hostname(), options: []gomail.Option{gomail.WithTimeout(smtpTime)}}
	if err := s.useTLS(u, roots); err != nil {
		return nil, err
	}
	if password, ok := u.User.Password(); ok {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return nil, errors.New("the mail server's address cannot be used: check its port")
	}
	return s, nil
}

// Within makes a sender that gives a conversation so long, instead of 30 seconds.
func (s *SMTP) Within(limit time.Duration) *SMTP {
	return &SMTP{host: s.host, options: append(slices.Clone(s.options), gomail.WithTimeout(limit))}
}

func (s *SMTP) useTLS(u *url.URL, roots *tls.Config) error {
	port := 587
	switch {
	case u.Scheme == "smtps":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case u.Scheme != "smtp":
		return errors.New("the mail server's address must begin with smtp:// or smtps://")
	case u.Query().Get("tls") == "none":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	case u.Query().Get("tls") == "":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		return errors.New("the mail server's tls setting can only be none, or left out")
	}
	if u.Port() != "" {
		// Port only lets digits through; NewClient refuses those out of range.
		port, _ = strconv.Atoi(u.Port())
	}
	s.options = append(s.options, gomail.WithPort(port))
	if roots != nil {
		config := roots.Clone()
		config.ServerName = u.Hostname()
		s.options = append(s.options, gomail.WithTLSConfig(config))
	}
	return nil
}

// Send gives a message to the server. A nil error means that the server took
// it, even if the connection broke afterwards.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	message, err := compose(m)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("making a mail client: %w", &SendError{During: "connect"})
	}
	err = client.DialAndSendWithContext(ctx, message)
	if err == nil || message.IsDelivered() {
		return nil
	}
	return sendError(err)
}

// compose makes the mail. An address that is none is refused for good where it
// is the reader's; our own can be put right, and until then the mail waits.
func compose(m Message) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := message.FromFormat(m.Name, m.From); err != nil {
		return nil, &SendError{During: "sender"}
	}
	if err := message.To(m.To); err != nil {
		return nil, &SendError{During: "address", Permanent: true}
	}
	if m.ReplyTo != "" {
		if err := message.ReplyTo(m.ReplyTo); err != nil {
			return nil, &SendError{During: "reply address"}
		}
	}
	message.SetMessageIDWithValue(m.ID + "@" + m.From[strings.LastIndexByte(m.From, '@')+1:])
	message.SetDate()
	message.Subject(m.Subject)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // keeps holiday replies away
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	message.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return message, nil
}

// phases names the part of the conversation in which a message failed.
var phases = map[gomail.SendErrReason]string{
	gomail.ErrSMTPMailFrom:  "sender",
	gomail.ErrSMTPRcptTo:    "recipient",
	gomail.ErrSMTPData:      "data",
	gomail.ErrSMTPDataClose: "data",
	gomail.ErrWriteContent:  "data",
}

// sendError keeps the code and the class of a failure and drops the rest. Only
// a refused recipient or message is permanent: a refused sender, password or
// connection is ours to put right, and then the mail can still go.
func sendError(err error) error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return &SendError{During: "connect"}
	}
	phase, known := phases[failed.Reason]
	if !known {
		phase = "conversation"
	}
	refused := failed.ErrorCode() >= 500 && failed.ErrorCode() < 600
	return &SendError{
		Code: failed.ErrorCode(), During: phase,
		Permanent: refused && (phase == "recipient" || phase == "data"),
	}
}
