package interest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
	"ahpfaculty/internal/suspect"
)

// sendTime is how long sending may take, with all its tries.
const sendTime = 15 * time.Second

// ErrIncomplete is a form that was sent with questions still open.
var ErrIncomplete = fmt.Errorf("questions are still to be answered: %w", fault.Conflict)

// ErrChanged is a form whose answers changed after they were checked.
var ErrChanged = fmt.Errorf("the answers changed since they were checked: %w", fault.Conflict)

// Receipt is what somebody gets for an expression that was sent.
type Receipt struct {
	Reference string
}

// Send turns a draft into an expression and empties it. Revision is that of
// the draft that was checked: when it changed since, the error is ErrChanged;
// with questions still open it is ErrIncomplete. Sending again, however often
// and at once, gives the same reference.
//
// It goes on when the request that asked for it ends, so that a closed tab
// leaves nothing half done. When the connection breaks, it looks again whether
// the draft was sent: only an Unavailable fault leaves that open, nothing is
// lost, and sending again settles it.
func (s *Store) Send(ctx context.Context, draftID string, revision int, requestID string) (Receipt, error) {
	return s.send(ctx, draftID, revision, requestID, nil)
}

// SendWarily sends as Send does, and sets aside what a program seems to send. An
// error of kind Limited says how long to wait where a network sends a flood.
func (s *Store) SendWarily(ctx context.Context, draftID string, revision int, requestID string, how Press) (Receipt, error) {
	return s.send(ctx, draftID, revision, requestID, &how)
}

func (s *Store) send(ctx context.Context, draftID string, revision int, requestID string, how *Press) (Receipt, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	var sent string
	// The draft is locked and knows whether it was sent: another try settles it.
	err := postgres.Insist(func() error {
		var err error
		sent, err = s.trySend(ctx, draftID, revision, requestID, how)
		return err
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("sending draft %s: %w", draftID, err)
	}
	return Receipt{Reference: sent}, nil
}

// draws is how many references are tried: even one that is taken is unlikely
// among a million expressions.
const draws = 10

// trySend draws another reference, in a new transaction, while the one drawn is
// taken.
func (s *Store) trySend(ctx context.Context, draftID string, revision int, requestID string, how *Press) (string, error) {
	for range draws {
		drawn, err := reference.New(s.Random, "")
		if err != nil {
			return "", err
		}
		sent, err := s.sendAs(ctx, drawn, draftID, revision, requestID, how)
		if !postgres.IsUnique(err, "expression_reference_key") {
			return sent, err
		}
	}
	return "", errors.New("every reference that was drawn is taken")
}

// sendAs gives the reference of the draft's expression: the one it has, or the
// drawn one, which it then gets.
func (s *Store) sendAs(ctx context.Context, drawn, draftID string, revision int, requestID string, how *Press) (string, error) {
	var sent string
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		draft, err := s.readDraft(ctx, tx, draftID, "for update")
		if err != nil {
			return err
		}
		if draft.Sent() {
			sent = draft.Reference
			return nil
		}
		if draft.Revision != revision {
			return ErrChanged
		}
		if len(Missing(draft.Answers)) > 0 {
			return ErrIncomplete
		}
		sent = drawn
		suspicion := suspect.Suspicion("")
		if how != nil {
			if suspicion, err = s.weigh(ctx, tx, draft, *how); err != nil {
				return err
			}
		}
		return s.receive(ctx, tx, drawn, draft, suspicion, requestID)
	})
	return sent, err
}

// receive makes the expression of a locked and complete draft, with all that
// belongs to it, in one round trip: its first event, the audit's entry and the
// mail that is owed. The draft is emptied, links to it end, and mails about it
// that are still owed go nowhere.
func (s *Store) receive(ctx context.Context, tx pgx.Tx, drawn string, draft Draft, suspicion suspect.Suspicion, requestID string) error {
	answers := draft.Answers.Applicable()
	result, err := answers.Result()
	if err != nil {
		return err
	}
	r := rowOf(answers, result)
	r.ID, r.Reference, r.ReceivedAt = uuid.NewString(), drawn, s.now()
	batch := &pgx.Batch{}
	batch.Queue(insertRow, r.named(draft.ID))
	batch.Queue(`insert into event (expression_id, at, kind, actor_kind) values ($1, $2, 'received', $3)`,
		r.ID, r.ReceivedAt, audit.Returner)
	batch.Queue(`delete from draft_link where draft_id = $1`, draft.ID)
	batch.Queue(`delete from mail where subject_id = $1`, draft.ID)
	batch.Queue(`update draft set answers = '{}', versions = '{}', email = '', reference = $2, updated_at = $3, expires_at = $4 where id = $1`,
		draft.ID, r.Reference, r.ReceivedAt, r.ReceivedAt.Add(DraftLife))
	audit.Queue(batch, audit.Entry{
		ActorKind: audit.Returner, Action: "expression.send", SubjectKind: "expression", SubjectID: r.ID,
		Outcome: audit.Done, RequestID: requestID,
	})
	if suspicion != "" {
		queueSetAside(batch, r, suspicion)
	} else {
		s.Outbox.Queue(batch, mail.ExpressionReceived, r.ID)
	}
	return tx.SendBatch(ctx, batch).Close()
}

const insertRow = `
	insert into expression (id, reference, draft_id, received_at, profession, branch, standing, abroad,
		last_practised, last_practised_day, qualified, qualified_day, name, registered_name,
		email, phone, contact_by, postcode_area, register_number, register_number_unusual,
		programme, programme_reference, last_role, last_setting, years_practised,
		any_organisation, organisations, settings, hours, start_choice, start_from, help,
		privacy_version, result, rule_version, stage_since, turn_since, updated_at)
	values (@id, @reference, @draft_id, @received_at, @profession, @branch, @standing, @abroad,
		@last_practised, @last_practised_day, @qualified, @qualified_day, @name, @registered_name,
		@email, @phone, @contact_by, @postcode_area, @register_number, @register_number_unusual,
		@programme, @programme_reference, @last_role, @last_setting, @years_practised,
		@any_organisation, @organisations, @settings, @hours, @start_choice, @start_from, @help,
		@privacy_version, @result, @rule_version, @received_at, @received_at, @received_at)`

func (r *row) named(draftID string) pgx.NamedArgs {
	return pgx.NamedArgs{
		"id": r.ID, "reference": r.Reference, "draft_id": draftID, "received_at": r.ReceivedAt,
		"profession": r.Profession, "branch": r.Branch, "standing": r.Standing, "abroad": r.Abroad,
		"last_practised": r.LastPractised, "last_practised_day": r.LastPractisedDay,
		"qualified": r.Qualified, "qualified_day": r.QualifiedDay,
		"name": r.Name, "registered_name": r.RegisteredName, "email": r.Email, "phone": r.Phone,
		"contact_by": r.ContactBy, "postcode_area": r.PostcodeArea,
		"register_number": r.RegisterNumber, "register_number_unusual": r.RegisterNumberUnusual,
		"programme": r.Programme, "programme_reference": r.ProgrammeReference,
		"last_role": r.LastRole, "last_setting": r.LastSetting, "years_practised": r.YearsPractised,
		"any_organisation": r.AnyOrganisation, "organisations": r.Organisations, "settings": r.Settings,
		"hours": r.Hours, "start_choice": r.StartChoice, "start_from": r.StartFrom, "help": r.Help,
		"privacy_version": r.PrivacyVersion, "result": r.Result, "rule_version": r.RuleVersion, "not_given": r.NotGiven,
	}
}
