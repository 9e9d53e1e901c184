package adminview

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/updating"
	"ahpfaculty/web/component"
)

// Found says how many cases the filter chooses.
func (v Expressions) Found() string {
	if v.List.More {
		return "At least " + count(v.List.Found, "case")
	}
	return count(v.List.Found, "case")
}

// caption says what the table is, and its order.
func (v Expressions) caption() string {
	return v.Filter.Tab.Name() + ", sorted: " + strings.ToLower(interest.Label(interest.Sorts(), v.sort()))
}

func (v Expressions) sort() string { return cmp.Or(string(v.Filter.Sort), string(interest.ByDue)) }

// nothing says why the list is empty, and what to do.
func (v Expressions) nothing() string {
	switch {
	case v.Filter.Search != "":
		return "Check the spelling, or try fewer words or fewer filters."
	case v.Filter.Any():
		return "No case in this tab matches all of these filters. Remove one, or look in another tab."
	}
	switch v.Filter.Tab {
	case interest.NeedsUs:
		return "No case needs us now. New ones appear here at once."
	case interest.Mine:
		return "You have no open cases. Use “Take the next one” to get the oldest that nobody has."
	case interest.Unassigned:
		return "Somebody has every open case."
	case interest.WithReturner:
		return "Nobody was asked for anything that they have still to answer."
	case interest.Held:
		return "No case is on hold."
	case interest.Ended:
		return "No case has ended yet."
	case interest.SetAside:
		return "Nothing is set aside as the work of programs."
	}
	return "Nobody has sent an expression of interest yet. New ones appear here at once."
}

// counted is a tab's number: "1,000+" where there are more.
func counted(t interest.TabCount) string {
	if t.More {
		return component.Number(t.Count) + "+"
	}
	return component.Number(t.Count)
}

func current(is bool) component.Attributes {
	if is {
		return component.Attributes{"aria-current": "page"}
	}
	return nil
}

// chip is one thing that the list is filtered by, and where it leads without it.
type chip struct{ Text, Href string }

// active are the filters that choose something, in the order of the form.
func (v Expressions) active() []chip {
	var chips []chip
	add := func(on bool, text string, without func(*Filter)) {
		if on {
			f := v.Filter.In(v.Filter.Tab)
			without(&f)
			chips = append(chips, chip{Text: text, Href: FilteredURL(f)})
		}
	}
	f := v.Filter
	add(f.Search != "", "“"+f.Text+"”", func(f *Filter) { f.Search, f.Text = "", "" })
	add(f.Stage != "", "Stage: "+f.Stage.Name(), func(f *Filter) { f.Stage = "" })
	add(f.Assignee != "", "Assigned to: "+v.holder(f.Assignee), func(f *Filter) { f.Assignee = "" })
	p, _ := profession.BySlug(f.Profession)
	add(f.Profession != "", p.Name, func(f *Filter) { f.Profession = "" })
	add(f.Organisation != "", "Wants: "+v.organisation(f.Organisation), func(f *Filter) { f.Organisation = "" })
	add(f.Help != "", "Help: "+interest.Label(interest.HelpOptions(), f.Help), func(f *Filter) { f.Help = "" })
	add(f.Age != "", "Age: "+interest.Label(interest.Ages(), string(f.Age)), func(f *Filter) { f.Age = "" })
	add(!f.ReceivedFrom.IsZero(), "Received from "+f.ReceivedFrom.Words(), func(f *Filter) { f.ReceivedFrom, f.From = updating.Date{}, "" })
	add(!f.ReceivedTo.IsZero(), "Received up to "+f.ReceivedTo.Words(), func(f *Filter) { f.ReceivedTo, f.To = updating.Date{}, "" })
	add(f.Late, "Late", func(f *Filter) { f.Late = false })
	return chips
}

// holder is who has a case.
func (v Expressions) holder(id string) string {
	switch id {
	case "", interest.Nobody:
		return "Nobody"
	}
	for _, account := range v.Staff {
		if account.ID == id {
			return account.Name
		}
	}
	return "A former member of staff"
}

func (v Expressions) organisation(slug string) string {
	if slug == interest.AnyOrganisation {
		return "any organisation"
	}
	for _, o := range v.Organisations {
		if o.Slug == slug {
			return o.Name
		}
	}
	return slug
}

func (v Expressions) assigneeItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Anybody or nobody"}, {Value: interest.Nobody, Text: "Nobody"}}
	for _, account := range v.Staff {
		if interest.MayHaveCases(account) || account.ID == v.Filter.Assignee {
			items = append(items, component.SelectItem{Value: account.ID, Text: account.Name})
		}
	}
	return items
}

func (v Expressions) organisationItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "Not filtered"}, {Value: interest.AnyOrganisation, Text: "Said “any organisation”"}}
	for _, o := range v.Organisations {
		items = append(items, component.SelectItem{Value: o.Slug, Text: o.Name})
	}
	return items
}

// items are the items of a closed list, after one for all of them; "" for none.
func items(all string, options []interest.Option) []component.SelectItem {
	var items []component.SelectItem
	if all != "" {
		items = append(items, component.SelectItem{Text: all})
	}
	for _, o := range options {
		items = append(items, component.SelectItem{Value: o.Slug, Text: o.Label})
	}
	return items
}

func (v Expressions) lateValues() []string {
	if v.Filter.Late {
		return []string{"yes"}
	}
	return nil
}

func (v Expressions) pages() component.Pagination {
	page := component.Pagination{AriaLabel: "Pages of cases"}
	if v.List.Previous.ID != "" {
		page.Previous.Href = FilteredURL(v.Filter.At(v.List.Previous))
	}
	if v.List.Next.ID != "" {
		page.Next.Href = FilteredURL(v.Filter.At(v.List.Next))
	}
	return page
}

// late reports whether a case should have moved on before today.
func (v Expressions) late(e interest.Summary) bool {
	return !e.DueOn.IsZero() && e.DueOn.Before(v.Today)
}

// due says by when a case should move on, or why there is no such day.
func (v Expressions) due(e interest.Summary) string {
	switch {
	case v.late(e) && e.WorkingDays == 0:
		return "Was due on the last working day"
	case v.late(e):
		return count(-e.WorkingDays, "working day") + " late"
	case e.DueOn == v.Today && !e.DueOn.IsZero():
		return "Due today"
	case !e.DueOn.IsZero():
		return count(e.WorkingDays, "working day") + " left"
	case e.Stage.Info().Ends:
		return "Ended"
	case e.Turn == interest.Returners:
		return "Waits for the returner"
	case e.Turn == interest.OnHold:
		return "Waits until " + e.HoldUntil.Words()
	}
	return "No limit"
}

// names are the fields of the filter that choose something, but for some and
// for the place in the list.
func (f Filter) names(but ...string) []string {
	query := f.In(f.Tab).Query()
	names := slices.Sorted(maps.Keys(query))
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(but, name) })
}

func (v Expressions) rows() [][]component.TableCell {
	var rows [][]component.TableCell
	for _, e := range v.List.Rows {
		rows = append(rows, []component.TableCell{
			{HTML: caseCell(e)}, {HTML: stageCell(e)}, {HTML: v.dueCell(e)}, {Text: v.holder(e.AssigneeID)}, {Text: day(e.ReceivedAt)},
		})
	}
	return rows
}

// professionName is one practitioner's profession, by the branch where there is one.
func professionName(slug, branch string) string {
	p, _ := profession.BySlug(slug)
	if b, ok := p.Branch(branch); ok {
		return b.Singular
	}
	return p.Singular
}

// stageTags are the stage, and a word each for what holds the case up or must
// not be missed.
func stageTags(e interest.Summary) []component.Tag {
	tags := []component.Tag{stageTag(e.Stage)}
	switch e.Turn {
	case interest.Returners:
		tags = append(tags, component.Tag{Text: "Waiting for them", Colour: "white"})
	case interest.OnHold:
		tags = append(tags, component.Tag{Text: "On hold", Colour: "white"})
	}
	if e.CopyAskedAt != nil {
		tags = append(tags, component.Tag{Text: "Wants a copy", Colour: "red"})
	}
	if e.MailTrouble != "" {
		words := "Email fails"
		if e.MailTrouble == interest.MailMissing {
			words = "No email"
		}
		tags = append(tags, component.Tag{Text: words, Colour: "red"})
	}
	return tags
}

// stageTag is a stage in a colour; the word says the same without it.
func stageTag(s interest.Stage) component.Tag {
	colour := "blue"
	switch {
	case s == interest.Received:
		colour = "yellow"
	case s == interest.Returned:
		colour = "green"
	case s.Info().Ends:
		colour = "grey"
	}
	return component.Tag{Text: s.Name(), Colour: colour}
}

func stageItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All stages"}}
	for _, info := range interest.Stages() {
		items = append(items, component.SelectItem{Value: string(info.Stage), Text: info.Name})
	}
	return items
}

func professionItems() []component.SelectItem {
	items := []component.SelectItem{{Text: "All professions"}}
	for _, p := range profession.All() {
		items = append(items, component.SelectItem{Value: p.Slug, Text: p.Name})
	}
	return items
}
