package mail_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/mail/mailtest"
)

func newMessage() mail.Message {
	return mail.Message{
		ID: "6f1a9f9e-8a54-4d55-9f0e-3f2f6f1a9f9e", From: "portal@example.org", Name: "Example AHP Faculty",
		ReplyTo: "ask@example.org", To: "zoe@example.com", Subject: "We have your form, Zoë",
		Text: "Dear Zoë\n\nThank you.\n", HTML: "<p>Dear Zoë</p><p>Thank you.</p>",
	}
}

func mustSMTP(t *testing.T, url string, roots *tls.Config) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(url, roots)
	if err != nil {
		t.Fatalf("NewSMTP(%q) = %v", url, err)
	}
	return s
}

func TestSMTPSendsTextAndHTMLWithAStableMessageID(t *testing.T) {
	t.Parallel()
	for encryption, scheme := range map[string]string{
		mailtest.StartTLS: "smtp://%", mailtest.Implicit: "smtps://%", mailtest.Plain: "smtp://%?tls=none",
	} {
		server := mailtest.New(t, encryption)
		s := mustSMTP(t, strings.Replace(scheme, "%", net.JoinHostPort(server.Host, server.Port), 1), server.Roots)
		for range 2 {
			if err := s.Send(context.Background(), newMessage()); err != nil {
				t.Fatalf("%s: Send() = %v, want nil", encryption, err)
			}
		}
		got := server.Received()
		if len(got) != 2 {
			t.Fatalf("%s: %d messages received, want 2", encryption, len(got))
		}
		for _, m := range got {
			if id := m.Header(t, "Message-Id"); id != "<6f1a9f9e-8a54-4d55-9f0e-3f2f6f1a9f9e@example.org>" {
				t.Errorf("%s: Message-ID = %s, want that of the mail", encryption, id)
			}
			if kind := m.Header(t, "Content-Type"); !strings.HasPrefix(kind, "multipart/alternative") {
				t.Errorf("%s: Content-Type = %s, want multipart/alternative", encryption, kind)
			}
			if m.To[0] != "zoe@example.com" || m.Header(t, "Reply-To") != "<ask@example.org>" {
				t.Errorf("%s: to %v, answers to %q", encryption, m.To, m.Header(t, "Reply-To"))
			}
		}
	}
}

func TestSMTPRefusesAServerWithoutTLS(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t, mailtest.Plain)
	s := mustSMTP(t, "smtp://"+net.JoinHostPort(server.Host, server.Port), nil)
	err := s.Send(context.Background(), newMessage())
	if !errors.Is(err, fault.Unavailable) || len(server.Received()) != 0 {
		t.Errorf("Send(no TLS) = %v with %d received, want a transient error and none", err, len(server.Received()))
	}
}

func TestSMTPRefusesACertificateThatNobodyTrusts(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t, mailtest.StartTLS)
	s := mustSMTP(t, "smtp://"+net.JoinHostPort(server.Host, server.Port), nil)
	if err := s.Send(context.Background(), newMessage()); err == nil || len(server.Received()) != 0 {
		t.Errorf("Send(untrusted certificate) = %v with %d received, want an error and none", err, len(server.Received()))
	}
}

func TestSMTPSignsIn(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t, mailtest.StartTLS)
	server.RequirePassword("open sesame")
	address := net.JoinHostPort(server.Host, server.Port)
	if err := mustSMTP(t, "smtp://me:open%20sesame@"+address, server.Roots).Send(context.Background(), newMessage()); err != nil {
		t.Errorf("Send(right password) = %v, want nil", err)
	}
	err := mustSMTP(t, "smtp://me:wrong@"+address, server.Roots).Send(context.Background(), newMessage())
	var failed *mail.SendError
	if !errors.As(err, &failed) || failed.Permanent {
		t.Errorf("Send(wrong password) = %v, want a transient error: the mail is not at fault", err)
	}
}

func TestSendErrorHasCodeAndClassAndNothingPersonal(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t, mailtest.Plain)
	s := mustSMTP(t, "smtp://"+net.JoinHostPort(server.Host, server.Port)+"?tls=none", nil)
	server.Refuse(450, 550)
	for _, want := range []mail.SendError{
		{Code: 450, During: "recipient"},
		{Code: 550, During: "recipient", Permanent: true},
	} {
		err := s.Send(context.Background(), newMessage())
		var failed *mail.SendError
		if !errors.As(err, &failed) || *failed != want {
			t.Fatalf("Send() = %v, want %v", err, &want)
		}
		if errors.Is(err, fault.Unavailable) == want.Permanent {
			t.Errorf("%v is Unavailable: %v, want %v", err, want.Permanent, !want.Permanent)
		}
		if text := err.Error(); strings.Contains(text, "zoe") || strings.Contains(text, "thanks") {
			t.Errorf("error %q tells the address or the server's words", text)
		}
	}
	if err := s.Send(context.Background(), newMessage()); err != nil {
		t.Errorf("Send(after the refusals) = %v, want nil", err)
	}
}

func TestOnlyTheReadersAddressIsRefusedForGood(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t, mailtest.Plain)
	s := mustSMTP(t, "smtp://"+net.JoinHostPort(server.Host, server.Port)+"?tls=none", nil)
	const none = "not an address"
	for what, c := range map[string]struct {
		change    func(m *mail.Message)
		permanent bool
	}{
		"to":       {func(m *mail.Message) { m.To = none }, true},
		"from":     {func(m *mail.Message) { m.From = none }, false},
		"reply-to": {func(m *mail.Message) { m.ReplyTo = none }, false},
	} {
		m := newMessage()
		c.change(&m)
		var failed *mail.SendError
		if err := s.Send(context.Background(), m); !errors.As(err, &failed) || failed.Permanent != c.permanent {
			t.Errorf("Send(%s: %s) = %v, want a SendError, permanent: %v", what, none, err, c.permanent)
		}
	}
}

func TestSMTPAddressIsChecked(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:99999", "smtp://host?tls=maybe", "smtp://u:secret@%zz"} {
		_, err := mail.NewSMTP(url, nil)
		if err == nil {
			t.Errorf("NewSMTP(%q) = nil, want an error", url)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("NewSMTP(%q) = %v, which tells the password", url, err)
		}
	}
}
