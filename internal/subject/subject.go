// Package subject gathers everything that the portal holds about the person who
// sent an expression of interest: what they may ask for.
package subject

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/enquiry"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/offer"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/updating"
)

// Purpose is why everything about a person is read, as the audit has it.
type Purpose string

// The purposes.
const (
	ToRead     Purpose = "expression.data"
	ToDownload Purpose = "expression.data-file"
	ToErase    Purpose = "expression.view" // to see what goes and what stays
)

// Everything is all that is held about a person, from one of their expressions
// of interest.
type Everything struct {
	MadeAt    time.Time
	Case      interest.Case
	Origin    *intake.Origin   // the spreadsheet that the case came from; nil for one that was sent by the form
	Answering interest.Draft   // the answers with those to the open request in their place, if there is one
	Mails     []mail.Row       // about the expression and its drafts
	Drafts    []interest.Draft // that it was sent from, or that have its address and were not sent
	Enquiries []enquiry.Case   // with the same email address, the oldest first
	Offers    []offer.Case     // of supervised practice, whose contact has that address, the oldest first
	Others    []string         // references of other expressions with the same email address
}

// Store reads what is held. Every exported method is one transaction.
type Store struct {
	DB  postgres.DB
	Now func() time.Time
}

// Everything gives all that is held about the person of a case, and records
// that somebody read it; interest.ErrErased when the case was erased.
func (s *Store) Everything(ctx context.Context, by interest.By, why Purpose, reference string) (Everything, error) {
	e := Everything{MadeAt: s.Now().UTC()}
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		if err := e.read(ctx, interest.Store{DB: tx, Now: s.Now}, tx, reference); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Staff, ActorID: by.StaffID, Action: string(why),
			SubjectKind: "expression", SubjectID: e.Case.ID, Outcome: audit.Done, RequestID: by.RequestID,
		})
	})
	if err != nil {
		return Everything{}, fmt.Errorf("gathering what is held: %w", err)
	}
	return e, nil
}

func (e *Everything) read(ctx context.Context, cases interest.Store, tx pgx.Tx, reference string) error {
	var err error
	if e.Case, err = cases.ByReference(ctx, reference); err != nil {
		return err
	}
	origin, imported, err := (&intake.Store{DB: tx}).Origin(ctx, e.Case.ID)
	if err != nil {
		return err
	}
	if imported {
		e.Origin = &origin
	}
	if open, waits := e.Case.Open(); waits {
		// Answers are read in words alone, for which no rules are needed.
		if e.Answering, err = open.Draft(e.Case.Expression, e.MadeAt, updating.Book{}); err != nil {
			return err
		}
	}
	if e.Drafts, err = cases.DraftsOf(ctx, e.Case.Expression); err != nil {
		return err
	}
	if e.Others, err = cases.OthersOf(ctx, e.Case.Expression); err != nil {
		return err
	}
	if e.Mails, err = mails(ctx, tx, e.Case.ID, e.Drafts); err != nil {
		return err
	}
	if e.Enquiries, err = (&enquiry.Store{DB: tx}).ByEmail(ctx, e.Case.Answers.Email.Address); err != nil {
		return err
	}
	e.Offers, err = (&offer.Store{DB: tx}).ByEmail(ctx, e.Case.Answers.Email.Address)
	return err
}

// Unsent are the answers to a request that the person saved and did not send.
// Organisation gives the name of an organisation's slug.
func (e Everything) Unsent(r interest.Request, organisation func(slug string) string) []interest.Line {
	if !r.Open() {
		return nil
	}
	return slices.DeleteFunc(interest.Lines(e.Answering.Answers, organisation), func(l interest.Line) bool { return r.Versions[l.Step] == 0 })
}

// mails are those about an expression, then those about the drafts.
func mails(ctx context.Context, tx pgx.Tx, expressionID string, drafts []interest.Draft) ([]mail.Row, error) {
	store := mail.Store{DB: tx}
	all, err := store.About(ctx, expressionID)
	for _, draft := range drafts {
		if err != nil {
			return nil, err
		}
		var about []mail.Row
		about, err = store.About(ctx, draft.ID)
		all = append(all, about...)
	}
	return all, err
}
