package interest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/suspect"
	"ahpfaculty/internal/updating"
)

// ExportColumn is one column of an export.
type ExportColumn struct {
	sheet.Column
	Names bool // it tells who somebody is, or how to reach them
	Leads bool // leads alone export it
	cell  func(e *exported, w ExportWords) any
}

// ExportWords gives the names that slugs and ids stand for.
type ExportWords struct {
	Organisations map[string]string // by slug
	Staff         map[string]string // by account id
}

// exported is a case as exports read it.
type exported struct {
	ID                 string
	Reference          string
	ReceivedAt         time.Time
	Profession         string
	Branch             string
	Standing           updating.Standing
	Abroad             bool
	LastPractised      *time.Time
	LastPractisedDay   bool
	Qualified          *time.Time
	QualifiedDay       bool
	Outcomes           []updating.Outcome
	RuleVersion        string
	Name               string
	RegisteredName     string
	Email              string
	Phone              string
	ContactBy          string
	PostcodeArea       string
	RegisterNumber     string
	Programme          bool
	ProgrammeReference string
	LastRole           string
	LastSetting        string
	YearsPractised     *int
	AnyOrganisation    bool
	Organisations      []string
	Settings           []string
	Hours              string
	StartChoice        string
	StartFrom          *time.Time
	Help               []string
	PrivacyVersion     string
	Stage              Stage
	StageReason        string
	StageSince         time.Time
	Turn               Turn
	HoldReason         string
	HoldUntil          *time.Time
	DueOn              *time.Time
	AssigneeID         string
	UpdatedAt          time.Time
	MailTrouble        MailTrouble
	Suspicion          suspect.Suspicion
	NotGiven           []string
}

// yesNo is the answer to a step, or nothing where it was not given.
func (e *exported) yesNo(step string, yes bool) any {
	if slices.Contains(e.NotGiven, step) {
		return nil
	}
	return yesNoCell(yes)
}

// exportedColumns are the columns of exported in SQL.
const exportedColumns = `
	e.id::text, e.reference, e.received_at, e.profession, e.branch, e.standing, e.abroad, e.last_practised, e.last_practised_day,
	e.qualified, e.qualified_day, coalesce(e.result->'outcomes', '[]') as outcomes, e.rule_version, e.name, e.registered_name, e.email,
	e.phone, e.contact_by, e.postcode_area, e.register_number, e.programme, e.programme_reference, e.last_role, e.last_setting,
	e.years_practised, e.any_organisation, e.organisations, e.settings, e.hours, e.start_choice, e.start_from, e.help,
	e.privacy_version, e.stage, coalesce(e.stage_reason, '') as stage_reason, e.stage_since, e.turn,
	coalesce(e.hold_reason, '') as hold_reason, e.hold_until, e.due_on, coalesce(e.assignee_id::text, '') as assignee_id,
	e.updated_at, coalesce(e.mail_trouble, '') as mail_trouble, coalesce(e.suspicion, '') as suspicion, e.not_given`

// exportColumns is the table of columns: the only place that says which are
// personal, and which leads alone export. A reviewer reads those on the page of
// a case, where each look is recorded.
var exportColumns = []ExportColumn{
	plainColumn("reference", "Reference", func(e *exported, _ ExportWords) any { return e.Reference }),
	plainColumn("received", "Received", func(e *exported, _ ExportWords) any { return dayCell(DayOf(e.ReceivedAt)) }),
	plainColumn("received_at", "Received at (UTC)", func(e *exported, _ ExportWords) any { return momentCell(e.ReceivedAt) }),
	plainColumn("stage", "Stage", func(e *exported, _ ExportWords) any { return e.Stage.Name() }),
	plainColumn("reason", "Reason", func(e *exported, _ ExportWords) any { return Label(e.Stage.Info().Reasons, e.StageReason) }),
	plainColumn("stage_since", "In this stage since", func(e *exported, _ ExportWords) any { return dayCell(DayOf(e.StageSince)) }),
	plainColumn("turn", "Whose turn", func(e *exported, _ ExportWords) any { return e.Turn.Name() }),
	plainColumn("hold_reason", "On hold because", func(e *exported, _ ExportWords) any { return Label(holdReasons, e.HoldReason) }),
	plainColumn("hold_until", "On hold until", func(e *exported, _ ExportWords) any { return dayCell(dateOf(e.HoldUntil)) }),
	plainColumn("due", "Due", func(e *exported, _ ExportWords) any { return dayCell(dateOf(e.DueOn)) }),
	plainColumn("assignee", "Assigned to", func(e *exported, w ExportWords) any { return staffCell(e.AssigneeID, w) }),
	plainColumn("profession", "Profession", func(e *exported, _ ExportWords) any { return professionCell(e.Profession) }),
	plainColumn("branch", "Branch", branchCell),
	namesColumn("name", "Name", func(e *exported, _ ExportWords) any { return e.Name }),
	namesColumn("registered_name", "Name on the register", func(e *exported, _ ExportWords) any { return e.RegisteredName }),
	namesColumn("email", "Email address", func(e *exported, _ ExportWords) any { return e.Email }),
	leadsColumn("phone", "Phone number", func(e *exported, _ ExportWords) any { return e.Phone }),
	namesColumn("contact_by", "How to reach them", func(e *exported, _ ExportWords) any { return Label(contactOptions, e.ContactBy) }),
	namesColumn("postcode_area", "First half of postcode", func(e *exported, _ ExportWords) any { return e.PostcodeArea }),
	leadsColumn("register_number", "Register number", func(e *exported, _ ExportWords) any { return e.RegisterNumber }),
	plainColumn("standing", "Registration", func(e *exported, _ ExportWords) any { return e.Standing.Label() }),
	plainColumn("abroad", "Practised outside the UK recently", func(e *exported, _ ExportWords) any { return e.yesNo("abroad", e.Abroad) }),
	plainColumn("last_practised", "Last practised", func(e *exported, _ ExportWords) any { return whenCell(e.LastPractised, e.LastPractisedDay) }),
	plainColumn("qualified", "Qualified", func(e *exported, _ ExportWords) any { return whenCell(e.Qualified, e.QualifiedDay) }),
	plainColumn("days", "Days of updating", daysCell),
	plainColumn("rule_version", "Version of the rules", func(e *exported, _ ExportWords) any { return e.RuleVersion }),
	plainColumn("programme", "On the national programme", func(e *exported, _ ExportWords) any { return e.yesNo("programme", e.Programme) }),
	leadsColumn("programme_reference", "National programme reference", func(e *exported, _ ExportWords) any { return e.ProgrammeReference }),
	namesColumn("last_role", "Last role", func(e *exported, _ ExportWords) any { return e.LastRole }),
	plainColumn("last_setting", "Last setting", func(e *exported, _ ExportWords) any { return Label(settingOptions, e.LastSetting) }),
	plainColumn("years", "Years in practice", yearsCell),
	plainColumn("organisations", "Where", organisationsCell),
	plainColumn("settings", "Settings", func(e *exported, _ ExportWords) any { return filled(Labels(settingOptions, e.Settings)) }),
	plainColumn("hours", "Hours", func(e *exported, _ ExportWords) any { return Label(hoursOptions, e.Hours) }),
	plainColumn("start", "Could start", startCell),
	plainColumn("help", "Help", func(e *exported, _ ExportWords) any { return filled(Labels(helpOptions, e.Help)) }),
	plainColumn("privacy_version", "Version of the privacy notice", func(e *exported, _ ExportWords) any { return e.PrivacyVersion }),
	plainColumn("mail_trouble", "Email", mailCell),
	leadsColumn("set_aside", "Set aside because", func(e *exported, _ ExportWords) any { return e.Suspicion.Name() }),
	plainColumn("changed_at", "Last changed at (UTC)", func(e *exported, _ ExportWords) any { return momentCell(e.UpdatedAt) }),
}

func plainColumn(key, heading string, cell func(*exported, ExportWords) any) ExportColumn {
	return ExportColumn{Column: sheet.Column{Key: key, Heading: heading}, cell: cell}
}

func namesColumn(key, heading string, cell func(*exported, ExportWords) any) ExportColumn {
	column := plainColumn(key, heading, cell)
	column.Names = true
	return column
}

func leadsColumn(key, heading string, cell func(*exported, ExportWords) any) ExportColumn {
	column := namesColumn(key, heading, cell)
	column.Leads = true
	return column
}

// ExportColumns are the columns of a file, with names and contact details or
// without, for leads or for reviewers.
func ExportColumns(names, leads bool) []ExportColumn {
	var columns []ExportColumn
	for _, column := range exportColumns {
		if (names || !column.Names) && (leads || !column.Leads) {
			columns = append(columns, column)
		}
	}
	return columns
}

func dayCell(day updating.Date) any {
	if day.IsZero() {
		return nil
	}
	return sheet.Day(day.Time())
}

// momentCell is a time to the microsecond, which is what the portal keeps.
func momentCell(at time.Time) any { return at.UTC().Format("2006-01-02T15:04:05.000000Z") }

// whenCell is a day, or as text a month where no day is known: 2020-05.
func whenCell(day *time.Time, known bool) any {
	if day == nil || known {
		return dayCell(dateOf(day))
	}
	return day.Format("2006-01")
}

func yesNoCell(yes bool) any {
	if yes {
		return "Yes"
	}
	return "No"
}

func professionCell(slug string) any {
	known, _ := profession.BySlug(slug)
	return known.Singular
}

func branchCell(e *exported, _ ExportWords) any {
	known, _ := profession.BySlug(e.Profession)
	branch, _ := known.Branch(e.Branch)
	return branch.Singular
}

func staffCell(id string, w ExportWords) any {
	if id == "" {
		return nil
	}
	return cmp.Or(w.Staff[id], id)
}

// daysCell is the number of days, or words where there are two or none.
func daysCell(e *exported, _ ExportWords) any {
	var said []string
	for _, o := range e.Outcomes {
		switch {
		case o.Kind == updating.Days && len(e.Outcomes) == 1:
			return o.Days
		case o.Kind == updating.Days:
			said = append(said, strconv.Itoa(o.Days)+" days")
		case o.Kind == updating.None:
			said = append(said, "No updating")
		case o.Kind == updating.RegulatorDecides:
			said = append(said, "The regulator decides")
		default:
			said = append(said, "Another route")
		}
	}
	return strings.Join(said, " or ")
}

func yearsCell(e *exported, _ ExportWords) any {
	if e.YearsPractised == nil {
		return nil
	}
	return *e.YearsPractised
}

func organisationsCell(e *exported, w ExportWords) any {
	if e.AnyOrganisation {
		return []string{"Any organisation"}
	}
	names := []string{}
	for _, slug := range e.Organisations {
		names = append(names, cmp.Or(w.Organisations[slug], slug))
	}
	return names
}

func startCell(e *exported, _ ExportWords) any {
	if e.StartChoice == StartFrom && e.StartFrom != nil {
		return "From " + e.StartFrom.Format("2006-01")
	}
	return Label(startOptions, e.StartChoice)
}

func mailCell(e *exported, _ ExportWords) any {
	switch e.MailTrouble {
	case MailRefused:
		return "Refused"
	case MailBounced:
		return "Came back"
	}
	return nil
}
