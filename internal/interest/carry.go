package interest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/postgres"
)

// ReplaceNothing is the revision that Carry takes where no answer may be
// replaced.
const ReplaceNothing = -1

// OtherAnswersError is a situation that was carried into a draft with other
// answers: the person says which to keep.
type OtherAnswersError struct {
	Saved Draft
}

// Error names the draft, never an answer.
func (e *OtherAnswersError) Error() string {
	return fmt.Sprintf("draft %s has other answers", e.Saved.ID)
}

// Unwrap makes it a Conflict fault.
func (e *OtherAnswersError) Unwrap() error { return fault.Conflict }

// Carry puts the answers of the first section that somebody gave elsewhere into
// their draft. Where the draft has other answers the error is an
// *OtherAnswersError, unless its revision is the one whose answers may be
// replaced: what the person was shown beside the new ones.
func (s *Store) Carry(ctx context.Context, draftID string, carried Answers, replacing int) (Draft, error) {
	var draft Draft
	err := postgres.InTx(ctx, s.DB, func(tx pgx.Tx) error {
		saved, err := s.readDraft(ctx, tx, draftID, "for update")
		if err != nil {
			return err
		}
		if saved.Sent() {
			return ErrSent
		}
		other := differ(saved.Answers, carried)
		if other && saved.Revision != replacing {
			return &OtherAnswersError{Saved: saved}
		}
		draft, err = s.fill(ctx, tx, saved, carried, other)
		return err
	})
	if err != nil {
		return Draft{}, fmt.Errorf("carrying answers into draft %s: %w", draftID, err)
	}
	return draft, nil
}

// SituationLines are the answers of the first section in words.
func SituationLines(a Answers) []Line {
	return slices.DeleteFunc(Lines(a, func(slug string) string { return slug }), func(l Line) bool { return l.Section != SectionSituation })
}

// differ reports whether a question of the first section is answered in both,
// and not alike. Words are compared, because a month can be typed in many ways.
func differ(saved, carried Answers) bool {
	given := map[string][]string{}
	for _, line := range SituationLines(carried) {
		given[line.Step] = line.Answer
	}
	return slices.ContainsFunc(SituationLines(saved), func(line Line) bool {
		answer, both := given[line.Step]
		return both && !slices.Equal(answer, line.Answer)
	})
}

// fill writes the carried answers; with replace it forgets those of the section
// that are not carried.
func (s *Store) fill(ctx context.Context, tx pgx.Tx, saved Draft, carried Answers, replace bool) (Draft, error) {
	had, err := situationJSON(saved.Answers)
	if err != nil {
		return Draft{}, err
	}
	gets, err := situationJSON(carried)
	if err != nil {
		return Draft{}, err
	}
	gone, versions := []string{}, map[string]int{}
	for step := range had {
		if _, kept := gets[step]; !kept && replace {
			gone = append(gone, step)
			versions[step] = saved.Version(step) + 1
		}
	}
	for step, value := range gets {
		if string(value) == string(had[step]) {
			delete(gets, step)
			continue
		}
		versions[step] = saved.Version(step) + 1
	}
	if len(versions) == 0 {
		return saved, nil
	}
	now := s.now()
	return s.draftOf(ctx, tx, `
		update draft set answers = (answers - $2::text[]) || $3::jsonb, versions = versions || $4::jsonb,
			revision = revision + 1, updated_at = $5, expires_at = $6
		where id = $1
		returning `+draftColumns, saved.ID, gone, gets, versions, now, now.Add(DraftLife))
}

// situationJSON is the first section's answers as a draft stores them, by step.
func situationJSON(a Answers) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	for step := range all {
		if known, _ := StepBySlug(step); known.Section != SectionSituation {
			delete(all, step)
		}
	}
	return all, nil
}
