package mail

import (
	"context"
	"fmt"

	"ahpfaculty/internal/fault"
)

// Message is a mail as it is sent: text and HTML say the same words.
type Message struct {
	ID      string `json:"id"` // the mail's id; its Message-ID is made of it and stays the same on every attempt
	From    string `json:"from"`
	Name    string `json:"name"`    // of the sender, as mail programs show it
	ReplyTo string `json:"replyTo"` // "" where an answer goes to From
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

// Sender sends a message or says why not, as a *SendError.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// SendError is a failed attempt without anything personal: what the server
// said, and to whom it was sent, are left out.
type SendError struct {
	Code      int    // SMTP's reply code; 0 when there was none
	During    string // "connect", "recipient", "data", …
	Permanent bool   // trying again cannot help
}

// Error gives the code and the class, such as "smtp 550 permanent during
// recipient".
func (e *SendError) Error() string {
	class := "transient"
	if e.Permanent {
		class = "permanent"
	}
	if e.Code == 0 {
		return fmt.Sprintf("smtp %s during %s", class, e.During)
	}
	return fmt.Sprintf("smtp %d %s during %s", e.Code, class, e.During)
}

// Unwrap makes a transient failure an Unavailable fault.
func (e *SendError) Unwrap() error {
	if e.Permanent {
		return nil
	}
	return fault.Unavailable
}
