package adminview

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ahpfaculty/internal/audit"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/subject"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
)

// AuditURL is the record of who did what; a POST filters it.
func AuditURL() string { return "/admin/audit" }

// FilteredAuditURL is the record with a filter.
func FilteredAuditURL(f AuditFilter) string { return f.after(AuditURL()) }

// AuditFileURL is what a filter chooses, as a file.
func AuditFileURL(f AuditFilter) string {
	f.Before = audit.Place{}
	return f.after(AuditURL() + ".csv")
}

// AuditFilter is what the record is filtered by, as its address has it.
type AuditFilter struct {
	Who     string // a staff account's id, or a kind of actor that is no staff
	Action  string
	Outcome string
	About   string // the id of a thing or an account
	From    updating.Date
	To      updating.Date
	Before  audit.Place // where the page before ended
}

// Query is the filter as the query of an address; it is in closed words, ids
// and dates.
func (f AuditFilter) Query() string {
	query := url.Values{}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	set("who", f.Who)
	set("action", f.Action)
	set("outcome", f.Outcome)
	set("about", f.About)
	if !f.From.IsZero() {
		set("from", f.From.String())
	}
	if !f.To.IsZero() {
		set("to", f.To.String())
	}
	if f.Before != (audit.Place{}) {
		set("before", strconv.FormatInt(f.Before.At.UnixMicro(), 10)+"."+strconv.FormatInt(f.Before.ID, 10))
	}
	return query.Encode()
}

// Any reports whether the filter leaves anything out.
func (f AuditFilter) Any() bool {
	f.Before = audit.Place{}
	return f != AuditFilter{}
}

func (f AuditFilter) after(path string) string {
	if query := f.Query(); query != "" {
		return path + "?" + query
	}
	return path
}

// KnownAction reports whether an action of the audit has words.
func KnownAction(name string) bool { return actions[name] != "" }

// Columns are the heads of the file of the audit.
func (AuditNames) Columns() []string {
	return sheet.Row("when (UTC)", "actor", "actor id", "action", "outcome", "about", "about id", "detail", "request", "row")
}

// Cells are a row of that file, as a spreadsheet shows it and does not run it.
func (n AuditNames) Cells(r audit.Row) []string {
	return sheet.Row(r.At.UTC().Format("2006-01-02 15:04:05.000000"), n.who(r), r.ActorID, r.Action, r.Outcome,
		n.about(r), r.SubjectID, r.Detail, r.RequestID, strconv.FormatInt(r.ID, 10))
}

// AuditNames is what the ids of the audit stand for.
type AuditNames struct {
	Staff  map[string]string        // names by account id
	Things map[string]subject.Named // that are still kept, by id
}

func (v Audit) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, r := range v.Rows {
		rows = append(rows, []component.TableCell{
			{Text: moment(r.At)}, {Text: v.Names.who(r)}, {HTML: did(r)}, {HTML: v.aboutCell(r), Classes: v.Names.width(r)}, {Text: outcomeWord(r.Outcome)},
		})
	}
	return rows
}

func outcomeWord(name string) string {
	if name == audit.Refused {
		return "Refused"
	}
	return "Done"
}

// caption says what the table shows.
func (v Audit) caption() string {
	if v.Filter.Any() {
		return "Who did what, as filtered, the newest first"
	}
	return "Who did what, the newest first"
}

// older is the page below.
func (v Audit) older() string {
	f := v.Filter
	f.Before = v.Rows[len(v.Rows)-1].Place()
	return FilteredAuditURL(f)
}

// newest is the first page of the same filter.
func (v Audit) newest() string {
	f := v.Filter
	f.Before = audit.Place{}
	return FilteredAuditURL(f)
}

// sealed says how far nobody could have changed the record unnoticed.
func (v Audit) sealed() string {
	waiting := component.Number(v.State.Waiting) + " rows wait"
	switch {
	case v.State.Waiting == 0:
		waiting = "No row waits"
	case v.State.Waiting == 1:
		waiting = "1 row waits"
	case v.State.Waiting >= audit.MostWaiting:
		waiting = component.Number(audit.MostWaiting) + " rows or more wait"
	}
	if v.State.SealedAt == nil {
		return "Nothing is sealed yet. " + waiting + " for a seal."
	}
	return "Sealed up to " + v.State.SealedAt.In(london()).Format("2 January 2006 at 3:04:05pm") + ". " + waiting + " for a seal."
}

func (v Audit) whoItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Everybody"}}
	for _, account := range v.Accounts {
		name := account.Name
		if account.Disabled() {
			name += " (cannot sign in)"
		}
		items = append(items, component.SelectItem{Value: account.ID, Text: name})
	}
	return append(items, component.SelectItem{Value: audit.Returner, Text: returnerWords},
		component.SelectItem{Value: audit.System, Text: systemWords}, component.SelectItem{Value: audit.Nobody, Text: nobodyWords})
}

func actionItems() []component.SelectItem {
	var items []component.SelectItem
	for name, words := range actions {
		items = append(items, component.SelectItem{Value: name, Text: words})
	}
	slices.SortFunc(items, func(a, b component.SelectItem) int { return cmp.Compare(a.Text, b.Text) })
	return append([]component.SelectItem{{Text: "Everything"}}, items...)
}

func outcomeItems() []component.SelectItem {
	return []component.SelectItem{{Text: "Done or refused"}, {Value: audit.Done, Text: outcomeWord(audit.Done)}, {Value: audit.Refused, Text: outcomeWord(audit.Refused)}}
}

// actions are the audit's actions in words.
var actions = map[string]string{
	"session.start":             "Sign in",
	"session.end":               "Sign out",
	"session.end-all":           "Sign out everywhere",
	"session.end-one":           "Sign out on another device",
	"session.prove":             "Confirm who they are",
	"password.check":            "Check a password",
	"factor.check":              "Check a code",
	"factor.add":                "Set up a second factor",
	"factor.codes":              "Make new recovery codes",
	"passkey.check":             "Check a passkey",
	"passkey.name":              "Name a passkey",
	"passkey.remove":            "Remove a passkey",
	"provider.check":            "Come back from single sign-on",
	"identity.add":              "Add single sign-on",
	"identity.remove":           "Remove single sign-on",
	"factor.reset":              "Take a second factor away",
	"password.set":              "Set a password",
	"link.ask":                  "Ask for a link by email",
	"link.make":                 "Make a one-time link",
	"link.use":                  "Use a one-time link",
	"staff.add":                 "Add a member of staff",
	"staff.role":                "Change a role",
	"staff.disable":             "Stop somebody signing in",
	"staff.enable":              "Let somebody sign in again",
	"expression.send":           "Send an expression of interest",
	"expression.view":           "Look at an expression of interest",
	"expression.move":           "Move an expression to another stage",
	"expression.note":           "Add a note to an expression",
	"expression.mail-refused":   "Find that an email is refused",
	"expression.mail-bounced":   "Record an email that came back",
	"expression.mail-reachable": "Record that an address works again",
	"expression.readdress":      "Correct an email address",
	"expression.ask":            "Ask a returner for more information",
	"expression.answer":         "Answer what the faculty asked",
	"expression.take-back":      "Take a question back",
	"expression.correct":        "Correct an answer of an expression",
	"expression.hold":           "Put an expression on hold",
	"expression.resume":         "Let an expression go on",
	"expression.ask-copy":       "Ask for a copy of their data",
	"expression.give-copy":      "Record that a copy of the data was given",
	"expression.rescue":         "Find an expression to be from a person",
	"expression.assign":         "Assign an expression",
	"expression.tell":           "Send a message to a returner",
	"expression.bulk":           "Change many expressions at once",
	"expression.want-email":     "Ask for another email address",
	"expression.export":         "Export expressions of interest",
	"expression.export-end":     "End of an export",
	"expression.export-fetch":   "Get the file of an export",
	"expression.import":         "Import an expression of interest",
	"import.upload":             "Upload a file of expressions",
	"import.view":               "Look at the first rows of a file",
	"import.check":              "Check a file of expressions",
	"import.start":              "Start an import",
	"import.end":                "End of an import",
	"import.discard":            "Delete an uploaded file",
	"expression.data":           "Look at everything about a person",
	"expression.data-file":      "Download everything about a person",
	"expression.erase":          "Erase an expression of interest",
	"retention.set":             "Set how long something is kept",
	"stage-limit.set":           "Set how long a stage may take",
	"reply-time.set":            "Set when the faculty replies",
	"bank-holiday.add":          "Add a bank holiday",
	"bank-holiday.remove":       "Remove a bank holiday",
	"figure.check":              "Check a figure of the rules",
	"figure.set":                "Set a figure of the rules",
	"rule.check":                "Check a rule",
	"enquiry.send":              "Send an enquiry",
	"enquiry.view":              "Look at an enquiry",
	"enquiry.answer":            "Mark an enquiry as answered",
	"enquiry.reopen":            "Open an enquiry again",
	"enquiry.note":              "Add a note to an enquiry",
	"enquiry.set-aside":         "Set an enquiry aside",
	"enquiry.rescue":            "Move an enquiry to the open ones",
	"offer.send":                "Send an offer",
	"offer.view":                "Look at an offer",
	"offer.match":               "Mark an offer as matched",
	"offer.close":               "Close an offer",
	"offer.reopen":              "Open an offer again",
	"offer.note":                "Add a note to an offer",
	"offer.set-aside":           "Set an offer aside",
	"offer.rescue":              "Move an offer to the open ones",
	"route.use":                 "Open a page",
	"notice.choose":             "Choose what to be told by email",
	"mailbox.set":               "Set the shared mailbox",
	"staff.view":                "Look at a member of staff",
	"audit.export":              "Download the audit",
}

// action says an action in words, or gives its name where it has none yet.
func action(name string) string {
	if words := actions[name]; words != "" {
		return words
	}
	return name
}

// How somebody is called who is no member of staff.
const (
	returnerWords = "A returner"
	systemWords   = "The portal"
	nobodyWords   = "Nobody known"
)

func (n AuditNames) who(r audit.Row) string {
	switch r.ActorKind {
	case audit.Staff:
		return cmp.Or(n.Staff[r.ActorID], r.ActorID)
	case audit.Returner:
		return returnerWords
	case audit.System:
		return systemWords
	default:
		return nobodyWords
	}
}

// kinds are the kinds of things in words.
var kinds = map[string]string{"expression": "Expression", "enquiry": "Enquiry", "offer": "Offer", "staff": "Staff account", "route": "Page", "import": "Import"}

// about names what something was done to: a colleague by name, a thing by its
// reference as long as it is kept, anything else by its id.
func (n AuditNames) about(r audit.Row) string {
	kind := cmp.Or(kinds[r.SubjectKind], strings.ReplaceAll(r.SubjectKind, "-", " "))
	return strings.TrimSpace(kind + " " + cmp.Or(n.Things[r.SubjectID].Reference, n.Staff[r.SubjectID], r.SubjectID))
}

// width keeps a reference on one line.
func (n AuditNames) width(r audit.Row) string {
	if n.Things[r.SubjectID].Reference != "" {
		return "app-whole"
	}
	return ""
}

// gone reports whether a row is about a thing that is not kept any more.
func (n AuditNames) gone(r audit.Row) bool {
	_, kept := n.Things[r.SubjectID]
	return !kept && r.SubjectID != "" && (r.SubjectKind == "expression" || r.SubjectKind == "enquiry" || r.SubjectKind == "offer")
}

// aboutURL is the page of what a row is about; "" where it has none.
func (n AuditNames) aboutURL(r audit.Row) string {
	thing := n.Things[r.SubjectID]
	switch {
	case thing.Kind == "expression":
		return ExpressionURL(thing.Reference)
	case thing.Kind == "enquiry":
		return EnquiryURL(thing.Reference)
	case thing.Kind == "offer":
		return OfferURL(thing.Reference)
	case r.SubjectKind == "staff" && n.Staff[r.SubjectID] != "":
		return StaffPersonURL(r.SubjectID)
	default:
		return ""
	}
}
