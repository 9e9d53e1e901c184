package content

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ahpfaculty/internal/faculty"
	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
)

// longestSummary is how many characters a card has room for.
const longestSummary = 160

// takenSlug may not name a strategy: /strategy/objectives is another page.
const takenSlug = "objectives"

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// need reports fields without a value; at is the path of what they belong to.
func (d *document) need(at string, fields map[string]string) {
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if strings.TrimSpace(fields[field]) == "" {
			d.fault(join(at, field), "%q is missing", field)
		}
	}
}

func (d *document) isSlug(path, slug string) {
	if slug != "" && !slugForm.MatchString(slug) {
		d.fault(path, "slug %q may only have small letters, digits and single hyphens", slug)
	}
}

// unique notes a slug or name and reports one that was there already.
func (d *document) unique(seen map[string]bool, path, value string) {
	if seen[value] {
		d.fault(path, "%s %q is there twice", name(path), value)
	}
	seen[value] = true
}

func (d *document) uniqueNumber(seen map[int]bool, path string, value int) {
	if value < 1 {
		d.fault(path, "%q must be 1 or more", name(path))
	}
	if seen[value] {
		d.fault(path, "%s %d is there twice", name(path), value)
	}
	seen[value] = true
}

func (d *document) oneOf(path, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		d.fault(path, "%s %q must be one of %s", name(path), value, strings.Join(allowed, ", "))
	}
}

func (d *document) checkSummary(summary string) {
	if n := utf8.RuneCountInString(summary); n > longestSummary {
		d.fault("summary", "summary has %d characters, at most %d fit", n, longestSummary)
	}
}

func (d *document) checkDates(at string, reviewed, reviewBy time.Time) {
	if reviewed.IsZero() {
		d.fault(join(at, "reviewed"), "%q is missing", "reviewed")
	}
	if reviewBy.IsZero() {
		d.fault(join(at, "review_by"), "%q is missing", "review_by")
	}
	if reviewBy.Before(reviewed) {
		d.fault(join(at, "review_by"), "review_by is before reviewed")
	}
}

func (d *document) checkProfession(p profession.Page) {
	d.need("", map[string]string{"slug": p.Slug, "name": p.Name, "singular": p.Singular, "summary": p.Summary})
	d.checkSummary(p.Summary)
	d.checkDates("", p.Reviewed, p.ReviewBy)
	known, ok := profession.BySlug(p.Slug)
	if !ok {
		d.fault("slug", "%q is not one of the 14 professions", p.Slug)
	}
	for i, work := range p.Works {
		if _, ok := profession.WorkBySlug(work); !ok {
			d.fault(index("works", i), "%q is not a kind of work", work)
		}
	}
	seen := make(map[string]bool)
	for i, b := range p.Branches {
		at := index("branches", i)
		d.need(at, map[string]string{"slug": b.Slug, "name": b.Name, "singular": b.Singular, "summary": b.Summary})
		if _, ok := known.Branch(b.Slug); !ok {
			d.fault(join(at, "slug"), "%q is not a branch of this profession", b.Slug)
		}
		d.unique(seen, join(at, "slug"), b.Slug)
	}
	for i, f := range p.Profiles {
		at := index("lth", i)
		d.need(at, map[string]string{"name": f.Name})
		if _, ok := known.Branch(f.Branch); !ok && f.Branch != "" {
			d.fault(join(at, "branch"), "%q is not a branch of this profession", f.Branch)
		}
	}
	titles := d.checkBody(p.Body)
	if !slices.Equal(titles, profession.SectionTitles()) {
		d.faults.add(d.file, d.bodyLine, "sections are %q, must be %q",
			strings.Join(titles, ", "), strings.Join(profession.SectionTitles(), ", "))
	}
}

func (d *document) checkPage(p Page) {
	d.need("", map[string]string{"slug": p.Slug, "title": p.Title, "summary": p.Summary})
	d.checkDates("", p.Reviewed, p.ReviewBy)
	d.checkBody(p.Body)
	d.onlyIn(p.Section, "group", Careers)
	d.onlyIn(p.Section, "order", Careers, Faculty)
	d.onlyIn(p.Section, "version", General)
	if p.Section == Careers {
		var stages []string
		for _, s := range Stages() {
			stages = append(stages, s.Slug)
		}
		d.oneOf("group", p.Stage, stages...)
	}
}

// onlyIn reports a field that pages of this section do not have.
func (d *document) onlyIn(section, field string, sections ...string) {
	if _, given := d.lines[field]; given && !slices.Contains(sections, section) {
		d.fault(field, "unknown field %q", field)
	}
}

func (d *document) checkDetails(f faculty.Details) {
	d.need("", map[string]string{"name": f.Name, "short_name": f.ShortName, "ics": f.ICS, "area": f.Area})
	if f.ReplyWorkingDays < 0 {
		d.fault("reply_working_days", "reply_working_days must be 0 or more")
	}
	if f.AccessibilityReplyWorkingDays < 0 {
		d.fault("accessibility_reply_working_days", "accessibility_reply_working_days must be 0 or more")
	}
}

func (d *document) checkGroups(groups []faculty.Group, organisations map[string]bool) {
	seen := make(map[string]bool)
	for i, g := range groups {
		at := index("", i)
		d.need(at, map[string]string{"slug": g.Slug, "name": g.Name, "summary": g.Summary})
		d.isSlug(join(at, "slug"), g.Slug)
		d.unique(seen, join(at, "slug"), g.Slug)
		d.oneOf(join(at, "kind"), g.Kind, faculty.ActionGroup, faculty.SubGroup)
		d.oneOf(join(at, "state"), g.State, faculty.Started, faculty.Scoping, faculty.Meeting)
		d.checkDates(at, g.Reviewed, g.ReviewBy)
		partners := make(map[string]bool)
		for n, partner := range g.Partners {
			path := index(join(at, "partners"), n)
			if !organisations[partner] {
				d.fault(path, "%q is not in organisations.yaml", partner)
			}
			d.unique(partners, path, partner)
		}
	}
}

func (d *document) checkStrategy(s strategy.Strategy) {
	d.need("", map[string]string{"slug": s.Slug, "title": s.Title, "owner": s.Owner, "summary": s.Summary})
	if s.Slug == takenSlug {
		d.fault("slug", "slug %q is the address of the list of all objectives", s.Slug)
	}
	d.oneOf("state", s.State, strategy.Past, strategy.Current, strategy.Unknown)
	slugs, numbers := make(map[string]bool), make(map[int]bool)
	for i, c := range s.Commitments {
		at := index("commitments", i)
		d.need(at, map[string]string{"slug": c.Slug, "name": c.Name})
		d.isSlug(join(at, "slug"), c.Slug)
		d.unique(slugs, join(at, "slug"), c.Slug)
		d.uniqueNumber(numbers, join(at, "number"), c.Number)
	}
	d.checkThemes(s.Themes, slugs)
	d.checkMetrics(s.Metrics)
}

func (d *document) checkThemes(themes []strategy.Theme, commitments map[string]bool) {
	slugs, objectives, numbers := make(map[string]bool), make(map[string]bool), make(map[int]bool)
	for i, t := range themes {
		at := index("themes", i)
		d.need(at, map[string]string{"slug": t.Slug, "name": t.Name})
		d.isSlug(join(at, "slug"), t.Slug)
		d.unique(slugs, join(at, "slug"), t.Slug)
		d.uniqueNumber(numbers, join(at, "number"), t.Number)
		served := make(map[string]bool)
		for n, c := range t.Commitments {
			path := index(join(at, "commitments"), n)
			if !commitments[c] {
				d.fault(path, "%q is not a commitment of this strategy", c)
			}
			d.unique(served, path, c)
		}
		within := make(map[int]bool)
		for n, o := range t.Objectives {
			path := index(join(at, "objectives"), n)
			d.need(path, map[string]string{"slug": o.Slug, "title": o.Title, "text": o.Text})
			d.isSlug(join(path, "slug"), o.Slug)
			d.unique(objectives, join(path, "slug"), o.Slug)
			d.uniqueNumber(within, join(path, "number"), o.Number)
		}
	}
}

func (d *document) checkMetrics(metrics []strategy.Metric) {
	slugs := make(map[string]bool)
	for i, m := range metrics {
		at := index("metrics", i)
		d.need(at, map[string]string{"slug": m.Slug, "name": m.Name, "measure": m.Measure})
		d.unique(slugs, join(at, "slug"), m.Slug)
		years := make(map[int]bool)
		for n, t := range m.Targets {
			path := index(join(at, "targets"), n)
			d.need(path, map[string]string{"text": t.Text})
			d.uniqueNumber(years, join(path, "year"), t.Year)
		}
	}
}
