package interest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/reference"
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
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	var sent string
	// The draft is locked and knows whether it was sent: another try settles it.
	err := postgres.Insist(func() error {
		var err error
		sent, err = s.trySend(ctx, draftID, revision, requestID)
		return err
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("sending draft %s: %w", draftID, err)
	}
	return Receipt{Reference: sent}, nil
}

func (s *Store) trySend(ctx context.Context, draftID string, revision int, requestID string) (string, error) {
	var reference string
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		draft, err := s.readDraft(ctx, tx, draftID, "for update")
		if err != nil {
			return err
		}
		if draft.Sent() {
			reference = draft.Reference
			return nil
		}
		if draft.Revision != revision {
			return ErrChanged
		}
		if len(Missing(draft.Answers)) > 0 {
			return ErrIncomplete
		}
		reference, err = s.receive(ctx, tx, draft, requestID)
		return err
	})
	return reference, err
}

// receive makes the expression of a locked and complete draft, with all that
// belongs to it.
func (s *Store) receive(ctx context.Context, tx pgx.Tx, draft Draft, requestID string) (string, error) {
	answers := draft.Answers.Applicable()
	result, err := answers.Result()
	if err != nil {
		return "", err
	}
	r := rowOf(answers, result)
	r.ReceivedAt = s.now()
	if err := s.insert(ctx, tx, draft.ID, &r); err != nil {
		return "", err
	}
	if err := s.finish(ctx, tx, draft.ID, r); err != nil {
		return "", err
	}
	entry := audit.Entry{
		ActorKind: audit.Returner, Action: "expression.send", SubjectKind: "expression", SubjectID: r.ID,
		Outcome: audit.Done, RequestID: requestID,
	}
	if err := audit.Record(ctx, tx, entry); err != nil {
		return "", err
	}
	if draft.Suspicion != "" {
		return r.Reference, s.setAside(ctx, tx, r, draft.Suspicion)
	}
	if err := s.Outbox.Enqueue(ctx, tx, mail.ExpressionReceived, r.ID); err != nil {
		return "", err
	}
	return r.Reference, nil
}

// insert adds the expression under a reference that nobody has, and fills in
// its id and reference.
func (s *Store) insert(ctx context.Context, tx pgx.Tx, draftID string, r *row) error {
	const draws = 10 // even one collision in a million expressions is unlikely
	for range draws {
		drawn, err := reference.New(s.Random, "")
		if err != nil {
			return err
		}
		r.Reference = drawn
		err = tx.QueryRow(ctx, insertRow, r.named(draftID)).Scan(&r.ID)
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
	}
	return errors.New("every reference that was drawn is taken")
}

// finish writes the first event and empties the draft, in one round trip. Links
// to it end, and mails about it that are still owed go nowhere.
func (s *Store) finish(ctx context.Context, tx pgx.Tx, draftID string, r row) error {
	batch := &pgx.Batch{}
	batch.Queue(`insert into event (expression_id, at, kind, actor_kind) values ($1, $2, 'received', $3)`,
		r.ID, r.ReceivedAt, audit.Returner)
	batch.Queue(`delete from draft_link where draft_id = $1`, draftID)
	batch.Queue(`delete from mail where subject_id = $1`, draftID)
	batch.Queue(`update draft set answers = '{}', versions = '{}', email = '', reference = $2, updated_at = $3, expires_at = $4 where id = $1`,
		draftID, r.Reference, r.ReceivedAt, r.ReceivedAt.Add(DraftLife))
	return tx.SendBatch(ctx, batch).Close()
}

const insertRow = `
	insert into expression (reference, draft_id, received_at, profession, branch, standing, abroad,
		last_practised, last_practised_day, qualified, qualified_day, name, registered_name,
		email, phone, contact_by, postcode_area, register_number, register_number_unusual,
		programme, programme_reference, last_role, last_setting, years_practised,
		any_organisation, organisations, settings, hours, start_choice, start_from, help,
		privacy_version, result, rule_version, stage_since, turn_since, updated_at)
	values (@reference, @draft_id, @received_at, @profession, @branch, @standing, @abroad,
		@last_practised, @last_practised_day, @qualified, @qualified_day, @name, @registered_name,
		@email, @phone, @contact_by, @postcode_area, @register_number, @register_number_unusual,
		@programme, @programme_reference, @last_role, @last_setting, @years_practised,
		@any_organisation, @organisations, @settings, @hours, @start_choice, @start_from, @help,
		@privacy_version, @result, @rule_version, @received_at, @received_at, @received_at)
	on conflict on constraint expression_reference_key do nothing
	returning id::text`

func (r *row) named(draftID string) pgx.NamedArgs {
	return pgx.NamedArgs{
		"reference": r.Reference, "draft_id": draftID, "received_at": r.ReceivedAt,
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
		"privacy_version": r.PrivacyVersion, "result": r.Result, "rule_version": r.RuleVersion,
	}
}
