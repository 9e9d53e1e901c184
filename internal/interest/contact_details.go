package interest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/once"
	"ahpfaculty/internal/validate"
)

// ContactDetails are how and where a returner can be reached, beside their
// email address, which is changed by confirming it.
type ContactDetails struct {
	Reference string
	Phone     string
	By        string // one of ContactOptions; email for who gives no phone number
	Postcode  string
	Nonce     string // the form's key: the same form corrects once
}

// Clean gives the details as they are stored.
func (d ContactDetails) Clean() ContactDetails {
	d.Phone = Phone{Number: d.Phone}.Clean().Number
	d.Postcode = Postcode{Area: d.Postcode}.Clean().Area
	if d.Phone == "" {
		d.By = ByEmail
	}
	return d
}

// Validate says what is wrong, by the form's field names: phone, by, postcode.
func (d ContactDetails) Validate() validate.Errors {
	d = d.Clean()
	errs := Phone{Number: d.Phone}.Validate()
	if d.Phone != "" {
		errs = append(errs, Contact{By: d.By}.Validate()...)
	}
	return append(errs, Postcode{Area: d.Postcode}.Validate()...)
}

// ErrUnchanged is a change of a case where there is nothing to change. It undoes
// what would record it.
var ErrUnchanged = errors.New("nothing changed")

// CorrectContact puts contact details in the place of those of an expression;
// the old ones stay in the timeline. What did not change leaves no trace, and
// the same form again changes nothing.
func (s *Store) CorrectContact(ctx context.Context, by By, d ContactDetails) error {
	d = d.Clean()
	key := once.Key(d.Nonce, d.Reference, string(EventCorrected), d.Phone, d.By, d.Postcode)
	err := s.change(ctx, by, d.Reference, key, EventCorrected, func(tx pgx.Tx, _ time.Time, l locked) error {
		e, err := readExpression(ctx, tx, ` where id = $1`, l.ID)
		if err != nil {
			return err
		}
		to := e.Answers
		to.Phone, to.Contact, to.Postcode = &Phone{Number: d.Phone}, &Contact{By: d.By}, &Postcode{Area: d.Postcode}
		changed, err := s.correct(ctx, tx, by, e, to, correcting{key: key, organisation: func(slug string) string { return slug }})
		if err == nil && !changed {
			err = ErrUnchanged
		}
		return err
	})
	if err != nil && !errors.Is(err, ErrUnchanged) {
		return fmt.Errorf("correcting contact details: %w", err)
	}
	return nil
}
