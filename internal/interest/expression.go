package interest

import (
	"strconv"
	"time"

	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
)

// Expression is an expression of interest that was sent, and where its case
// stands.
type Expression struct {
	ID          string
	Reference   string // such as K7M-4XPD
	ReceivedAt  time.Time
	Answers     Answers         // those that applied; On is the day of sending
	Result      updating.Result // the days of updating, with the answers and the rules they came from
	RuleVersion string

	Stage      Stage
	Reason     string // a slug of the stage's reasons; "" where it has none
	StageSince time.Time
	Turn       Turn
	TurnSince  time.Time
	HoldReason string        // a slug of HoldReasons; "" unless on hold
	HoldUntil  updating.Date // no date unless on hold
	DueOn      updating.Date // the day by which it should move on; no date without a limit, while it waits and when it ended
	AssigneeID string        // a staff account's id; "" for nobody
	Version    int           // how often the case was changed; a change must carry it
	UpdatedAt  time.Time

	MailTrouble MailTrouble       // "" unless mail does not reach them
	EmailWanted string            // an address that is theirs once they confirm it; "" mostly
	Suspicion   suspect.Suspicion // why it looked like the work of a program; "" where it did not
	SetAsideAt  *time.Time        // nil for every case that is worked on
	CopyAskedAt *time.Time        // when they asked for a copy of their data; nil unless it is owed
	ImportRow   int               // of the spreadsheet that it came from; 0 for one that was sent by the form
}

// row is an expression as its table has it.
type row struct {
	ID                    string
	Reference             string
	ReceivedAt            time.Time
	Profession            string
	Branch                string
	Standing              updating.Standing
	Abroad                bool
	LastPractised         *time.Time
	LastPractisedDay      bool
	Qualified             *time.Time
	QualifiedDay          bool
	Name                  string
	RegisteredName        string
	Email                 string
	Phone                 string
	ContactBy             string
	PostcodeArea          string
	RegisterNumber        string
	RegisterNumberUnusual bool
	Programme             bool
	ProgrammeReference    string
	LastRole              string
	LastSetting           string
	YearsPractised        *int
	AnyOrganisation       bool
	Organisations         []string
	Settings              []string
	Hours                 string
	StartChoice           string
	StartFrom             *time.Time
	Help                  []string
	PrivacyVersion        string
	Result                updating.Result
	RuleVersion           string
	Stage                 Stage
	StageReason           string
	StageSince            time.Time
	Turn                  Turn
	TurnSince             time.Time
	HoldReason            string
	HoldUntil             *time.Time
	DueOn                 *time.Time
	AssigneeID            string
	Version               int
	UpdatedAt             time.Time
	MailTrouble           MailTrouble
	EmailWanted           string
	CopyAskedAt           *time.Time
	Suspicion             suspect.Suspicion
	SetAsideAt            *time.Time
	ImportRow             int
	NotGiven              []string // steps without an answer, where the other columns cannot say so
}

const selectRow = `
	select id::text, reference, received_at, profession, branch, standing, abroad,
		last_practised, last_practised_day, qualified, qualified_day, name, registered_name,
		email, phone, contact_by, postcode_area, register_number, register_number_unusual,
		programme, programme_reference, last_role, last_setting, years_practised,
		any_organisation, organisations, settings, hours, start_choice, start_from, help,
		privacy_version, result, rule_version, stage, coalesce(stage_reason, '') as stage_reason,
		stage_since, turn, turn_since, coalesce(hold_reason, '') as hold_reason, hold_until, due_on,
		coalesce(assignee_id::text, '') as assignee_id, version, updated_at,
		coalesce(mail_trouble, '') as mail_trouble, email_wanted, copy_asked_at,
		coalesce(suspicion, '') as suspicion, set_aside_at, coalesce(import_row, 0) as import_row, not_given
	from expression`

// rowOf fills the columns of the answers, which must be clean. Those of the form
// are complete; a spreadsheet may lack any, and the rest of the questions that
// apply have empty answers.
func rowOf(a Answers, result updating.Result) row {
	r := row{
		NotGiven:   filled(a.silent()),
		Profession: a.Profession.Slug, Standing: a.Standing.Standing,
		Name: a.Name.Full, Email: a.Email.Address, Phone: a.Phone.Number, ContactBy: ByEmail,
		PostcodeArea: a.Postcode.Area, Programme: a.Programme.Registered == Yes, ProgrammeReference: a.Programme.Reference,
		AnyOrganisation: a.Organisations.Any, Organisations: filled(a.Organisations.Slugs),
		Settings: filled(a.Settings.Slugs), Hours: a.Hours.Slug, StartChoice: a.Start.Choice,
		Help: filled(a.Help.Slugs), PrivacyVersion: a.Privacy.Version,
		Result: result, RuleVersion: result.Version,
	}
	if a.Branch != nil {
		r.Branch = a.Branch.Slug
	}
	if a.Abroad != nil {
		r.Abroad = a.Abroad.Answer == Yes
	}
	if a.LastPractised != nil {
		r.LastPractised, r.LastPractisedDay = columnOf(a.LastPractised.When())
	}
	if a.Qualified != nil {
		r.Qualified, r.QualifiedDay = columnOf(a.Qualified.When())
	}
	if a.RegisteredName != nil {
		r.RegisteredName = a.RegisteredName.Full
	}
	if a.Contact != nil {
		r.ContactBy = a.Contact.By
	}
	if a.RegisterNumber != nil {
		r.RegisterNumber, r.RegisterNumberUnusual = a.RegisterNumber.Number, a.RegisterNumber.Confirmed
	}
	if a.Experience != nil {
		r.LastRole, r.LastSetting = a.Experience.Role, a.Experience.Setting
		if years, err := strconv.Atoi(a.Experience.Years); err == nil {
			r.YearsPractised = &years
		}
	}
	if a.Start.Choice == StartFrom {
		r.StartFrom, _ = columnOf(a.Start.From())
	}
	return r
}

// columnOf is a date as two columns: its first possible day, and whether the
// day was known.
func columnOf(w updating.When) (*time.Time, bool) {
	if w.IsZero() {
		return nil, false
	}
	day := w.Earliest().Time()
	return &day, w.Day != 0
}

// inputOfColumn writes a date of two columns back into the fields of a form.
func inputOfColumn(day *time.Time, known bool) DayInput {
	if day == nil {
		return DayInput{}
	}
	date := updating.DateOf(*day)
	when := updating.When{Year: date.Year, Month: date.Month}
	if known {
		when.Day = date.Day
	}
	return inputOf(when)
}

// filled makes no slugs an empty list: null would mean that nobody knows.
func filled(slugs []string) []string {
	if slugs == nil {
		return []string{}
	}
	return slugs
}

func (r row) expression() Expression {
	return Expression{
		ID: r.ID, Reference: r.Reference, ReceivedAt: r.ReceivedAt, Answers: r.answers(),
		Result: r.Result, RuleVersion: r.RuleVersion,
		Stage: r.Stage, Reason: r.StageReason, StageSince: r.StageSince,
		Turn: r.Turn, TurnSince: r.TurnSince, HoldReason: r.HoldReason, HoldUntil: dateOf(r.HoldUntil), DueOn: dateOf(r.DueOn), AssigneeID: r.AssigneeID,
		Version: r.Version, UpdatedAt: r.UpdatedAt, ImportRow: r.ImportRow,
		MailTrouble: r.MailTrouble, EmailWanted: r.EmailWanted, CopyAskedAt: r.CopyAskedAt, Suspicion: r.Suspicion, SetAsideAt: r.SetAsideAt,
	}
}

// answers are those that the columns hold; the questions that were not asked
// stay nil.
func (r row) answers() Answers {
	a := Answers{
		On:            r.Result.Answers.ApplyOn,
		Profession:    &Profession{Slug: r.Profession},
		Branch:        &Branch{Slug: r.Branch},
		Standing:      &Standing{Standing: r.Standing},
		Abroad:        &Abroad{Answer: answerOf(r.Abroad)},
		LastPractised: &LastPractised{inputOfColumn(r.LastPractised, r.LastPractisedDay)},
		// Who qualified elsewhere has another route, so that nobody here did.
		QualifiedWhere: &QualifiedWhere{InUK: Yes},
		Qualified:      &Qualified{inputOfColumn(r.Qualified, r.QualifiedDay)},
		Name:           &Name{Full: r.Name},
		RegisteredName: &RegisteredName{Other: answerOf(r.RegisteredName != ""), Full: r.RegisteredName},
		Email:          &Email{Address: r.Email},
		Phone:          &Phone{Number: r.Phone},
		Contact:        &Contact{By: r.ContactBy},
		Postcode:       &Postcode{Area: r.PostcodeArea},
		RegisterNumber: &RegisterNumber{Number: r.RegisterNumber, Unknown: r.RegisterNumber == "", Confirmed: r.RegisterNumberUnusual},
		Programme:      &Programme{Registered: answerOf(r.Programme), Reference: r.ProgrammeReference},
		Experience:     &Experience{Role: r.LastRole, Setting: r.LastSetting, Years: yearsOf(r.YearsPractised)},
		Organisations:  &Organisations{Any: r.AnyOrganisation, Slugs: r.Organisations},
		Settings:       &Settings{Slugs: r.Settings},
		Hours:          &Hours{Slug: r.Hours},
		Start:          &Start{Choice: r.StartChoice},
		Help:           &Help{Slugs: r.Help},
		Privacy:        &Privacy{Version: r.PrivacyVersion, Read: r.PrivacyVersion != ""},
	}
	if from := inputOfColumn(r.StartFrom, false); r.StartFrom != nil {
		a.Start.Month, a.Start.Year = from.Month, from.Year
	}
	a.hush(r.NotGiven)
	return a.Applicable()
}

func answerOf(yes bool) string {
	if yes {
		return Yes
	}
	return No
}

func yearsOf(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
