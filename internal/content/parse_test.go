package content

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"ahpfaculty/internal/content/pack"
)

const dietitians = `---
slug: dietitians
name: Dietitians
singular: Dietitian
summary: "Dietitians help people with food: what to eat, and how."
order: 2
works: [food, cancer]
lth:
  - name: Dietitian
    branch: ""
    found:
      - Preston
to_add: [Local contacts]
reviewed: 2026-11-20
review_by: 2027-05-20
---

## What they do

They help.

## Who they help

People.

## Where they work

Hospitals.

## Routes in

A degree.

## Support roles

Assistants.

## Regulator

HCPC.

## Return to practice

Days.
`

const details = `name: Lincolnshire AHP Faculty
short_name: AHP Faculty
ics: Lincolnshire Integrated Care System
area: Lincolnshire
`

const organisationList = `- slug: ulht
  name: United Lincolnshire Hospitals NHS Trust
  abbreviation: ULHT
  kind: NHS trust
  order: 1
`

const groupList = `- slug: valuing-our-people
  name: Valuing our People
  kind: action-group
  order: 1
  summary: Better welcome for staff from abroad.
  partners: [ulht]
  state: started
  reviewed: 2026-11-20
  review_by: 2027-05-20
`

const plan = `slug: plan
title: Plan
owner: Us
state: past
order: 1
summary: "A plan: with themes."
commitments:
  - slug: grow
    number: 1
    name: Grow
themes:
  - slug: research
    number: 1
    name: Research
    summary: Doing research
    commitments: [grow]
    objectives:
      - slug: research-1
        number: 1
        title: First
        text: Do the first thing.
metrics:
  - slug: sickness
    name: Sickness
    measure: Days
    unit: percent
    direction: reduce
    targets:
      - year: 1
        text: "4.00%"
        low: 4
        high: 4.5
profile:
  date: "2022"
  headline:
    - label: AHPs
      value: over 560
  charts:
    - title: Gender
      bars:
        - label: Female
          percent: 80
`

const about = `---
slug: about
title: About us
summary: Who we are.
order: 1
reviewed: 2026-11-20
review_by: 2027-05-20
---

## One

Text with a [link](/careers).
`

// newPack is a small pack without faults, with the changes made to it: a path
// and its new text, or "" for no such file.
func newPack(changes map[string]string) fstest.MapFS {
	files := map[string]string{
		"faculty.yaml":              details,
		"organisations.yaml":        organisationList,
		"groups.yaml":               groupList,
		"professions/dietitians.md": dietitians,
		"faculty/about.md":          about,
		"strategies/plan.yaml":      plan,
		"rules.yaml":                mustRead(pack.Files, "rules.yaml"),
		"bank-holidays.yaml":        mustRead(pack.Files, "bank-holidays.yaml"),
	}
	for path, text := range changes {
		files[path] = text
	}
	made := fstest.MapFS{}
	for path, text := range files {
		if text != "" {
			made[path] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return made
}

// mustRead is a file of the default content, which is built into the test.
func mustRead(files fs.FS, name string) string {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestParseReadsEveryPart(t *testing.T) {
	t.Parallel()
	parsed, err := Parse(newPack(nil))
	if err != nil {
		t.Fatalf("Parse = %v, want no fault", err)
	}
	p := parsed.Professions[0]
	if p.Name != "Dietitians" || p.Position != 2 || p.Profiles[0].Found[0] != "Preston" || p.Reviewed.Year() != 2026 {
		t.Errorf("profession = %+v, want what the file says", p)
	}
	s := parsed.Strategies[0]
	if s.Themes[0].Objectives[0].Title != "First" || *s.Metrics[0].Targets[0].High != 4.5 || s.Profile.Charts[0].Bars[0].Percent != 80 {
		t.Errorf("strategy = %+v, want what the file says", s)
	}
	if parsed.Groups[0].Partners[0] != "ulht" || parsed.Pages[0].Section != Faculty || parsed.Faculty.Area != "Lincolnshire" {
		t.Errorf("pack = %+v, want what the files say", parsed)
	}
}

func TestParseNamesFileAndLineOfEachFault(t *testing.T) {
	t.Parallel()
	replaced := func(text, old, with string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("%q is not in the file", old)
		}
		return strings.Replace(text, old, with, 1)
	}
	tests := map[string]struct {
		path, text, want string
	}{
		"unknown field":        {"professions/dietitians.md", replaced(dietitians, "summary:", "sumary:"), `professions/dietitians.md:5: unknown field "sumary"`},
		"unknown in a list":    {"strategies/plan.yaml", replaced(plan, "        title: First", "        titel: First"), `strategies/plan.yaml:20: unknown field "titel"`},
		"missing field":        {"faculty.yaml", replaced(details, "area: Lincolnshire\n", ""), `faculty.yaml:1: "area" is missing`},
		"number for text":      {"strategies/plan.yaml", replaced(plan, `date: "2022"`, `date: 2022`), `strategies/plan.yaml:34: "date" must be text: put it between quotes`},
		"text for a number":    {"professions/dietitians.md", replaced(dietitians, "order: 2", "order: two"), `professions/dietitians.md:6: "order" must be a whole number`},
		"text for a list":      {"professions/dietitians.md", replaced(dietitians, "[food, cancer]", "food"), `professions/dietitians.md:7: "works" must be a list`},
		"no such date":         {"professions/dietitians.md", replaced(dietitians, "2026-11-20", "20 November"), `professions/dietitians.md:14: "reviewed" must be a date such as 2026-11-20`},
		"no such work":         {"professions/dietitians.md", replaced(dietitians, "cancer]", "cars]"), `professions/dietitians.md:7: "cars" is not a kind of work`},
		"no such profession":   {"professions/dentists.md", replaced(replaced(dietitians, "dietitians", "dentists"), "order: 2", "order: 3"), `professions/dentists.md:2: "dentists" is not one of the 14 professions`},
		"another name":         {"faculty/story.md", about, `faculty/story.md:2: slug is "about" but the file's name says "story"`},
		"no front matter":      {"faculty/about.md", "# Hello\n", `faculty/about.md:1: must start with front matter between two lines of ---`},
		"raw HTML":             {"faculty/about.md", about + "\n<script>alert(1)</script>\n", `faculty/about.md:14: raw HTML is not allowed`},
		"HTML in a line":       {"faculty/about.md", about + "\nOne <b>bold</b> word\n", `faculty/about.md:14: raw HTML is not allowed`},
		"a second title":       {"faculty/about.md", about + "\n# Title\n", `faculty/about.md:14: headings start with ##, ### or ####`},
		"sections":             {"professions/dietitians.md", replaced(dietitians, "## Routes in", "## Ways in"), `professions/dietitians.md:18: sections are "What they do, Who they help, Where they work, Ways in`},
		"no such partner":      {"groups.yaml", replaced(groupList, "[ulht]", "[nobody]"), `groups.yaml:6: "nobody" is not in organisations.yaml`},
		"no such commitment":   {"strategies/plan.yaml", replaced(plan, "commitments: [grow]", "commitments: [shrink]"), `strategies/plan.yaml:16: "shrink" is not a commitment of this strategy`},
		"a slug that is taken": {"strategies/objectives.yaml", replaced(plan, "slug: plan", "slug: objectives"), `strategies/objectives.yaml:1: slug "objectives" is the address of the list of all objectives`},
		"twice":                {"organisations.yaml", organisationList + organisationList, `organisations.yaml:6: slug "ulht" is there twice`},
		"bad state":            {"groups.yaml", replaced(groupList, "started", "resting"), `groups.yaml:7: state "resting" must be one of started, scoping, meeting`},
		"a missing file":       {"groups.yaml", "", `groups.yaml:1: is missing`},
		"a misplaced file":     {"extra/thing.md", about, `extra/thing.md:1: is not a file that content has a place for`},
		"not UTF-8":            {"faculty.yaml", "name: \xff\n", `faculty.yaml:1: is not UTF-8 text`},
		"a control character":  {"faculty.yaml", details + "motto: \"a\x00b\"\n", `faculty.yaml:5: has a control character`},
		"a key twice":          {"faculty.yaml", details + "area: Kent\n", `faculty.yaml:5:`},
		"broken YAML":          {"faculty.yaml", "name: [a\n", `faculty.yaml:1:`},
		"a field elsewhere":    {"faculty/about.md", replaced(about, "order: 1", "order: 1\ngroup: working"), `faculty/about.md:6: unknown field "group"`},
		"no such placeholder":  {"faculty/about.md", about + "\nAt least {many-days} days.\n", `faculty/about.md:14: there is no placeholder {many-days}`},
		"no such period":       {"faculty/about.md", about + "\nKept {kept biscuits}, not {kept draft}.\n", `faculty/about.md:14: there is no placeholder {kept biscuits}`},
		"no such derivation":   {"professions/dietitians.md", replaced(dietitians, "Days.", "{short-years hours}"), `professions/dietitians.md:44: there is no placeholder {short-years hours}`},
		"dates the wrong way":  {"faculty/about.md", replaced(about, "2027-05-20", "2025-05-20"), `faculty/about.md:7: review_by is before reviewed`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(newPack(map[string]string{test.path: test.text}))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Parse = %v, want %s", err, test.want)
			}
		})
	}
}

func TestParseNamesFileAndLineOfFaultsInTheRules(t *testing.T) {
	t.Parallel()
	rules := mustRead(pack.Files, "rules.yaml")
	for name, test := range map[string]struct {
		old, with, at, want string
	}{
		"unknown placeholder in a rule": {"of updating is {day-hours} hours", "of updating is {day-length} hours", "{day-length}", "there is no placeholder {day-length}"},
		"a figure that is missing":      {"slug: short-days", "slug: shorter-days", "figures:", `figures: "short-days" is missing`},
		"a figure that is not known":    {"slug: short-days", "slug: shorter-days", "slug: shorter-days", `"shorter-days" is not a figure that the rules have`},
		"a rule that is missing":        {"slug: placements", "slug: places", "rules:", `rules: "placements" is missing`},
		"dates out of order":            {"from: 2025-02-01", "from: 2019-02-01", "from: 2019-02-01", "from is not after that of the value before it, 2020-01-01"},
		"no such date":                  {"from: 2025-02-01", "from: 2025-02-30", "from: 2025-02-30", `"from" must be a date such as 2026-11-20`},
		"a value out of bounds":         {"value: 7\n", "value: 70\n", "value: 70", "value must be from 1 to 24"},
		"less for longer out":           {"value: 60\n", "value: 20\n", "slug: long-days", "long-days must not be less than short-days, which is 30 on 1 January 2020"},
		"a source that is not there":    {"source: hee-programme", "source: hearsay", "source: hearsay", `"hearsay" is not one of the sources`},
		"a regulator that is missing":   {"slug: gosc\n", "slug: nmc\n", "slug: nmc", `slug "nmc" must be one of hcpc, gosc`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(rules, test.old) {
				t.Fatalf("%q is not in the rules", test.old)
			}
			changed := strings.Replace(rules, test.old, test.with, 1)
			line := 1 + strings.Count(changed[:strings.Index(changed, test.at)], "\n")
			_, err := Parse(newPack(map[string]string{"rules.yaml": changed}))
			if want := fmt.Sprintf("rules.yaml:%d: %s", line, test.want); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("Parse = %v, want %s", err, want)
			}
		})
	}
}

func TestParseReportsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := Parse(newPack(map[string]string{
		"faculty.yaml":              "nmae: x\narae: y\n",
		"professions/dietitians.md": strings.Replace(dietitians, "order: 2", "order: 2\ncolour: red", 1),
	}))
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Fatalf("Parse = %v, want 3 faults", err)
	}
	if faults[0].Line != 1 || faults[1].Line != 2 || faults[2].File != "professions/dietitians.md" {
		t.Errorf("faults = %v, want them by file and line", faults)
	}
}

func TestRenderedPackIsTheSamePack(t *testing.T) {
	t.Parallel()
	parsed, err := Parse(newPack(nil))
	if err != nil {
		t.Fatalf("Parse = %v, want no fault", err)
	}
	first, err := parsed.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	again, err := Parse(filesystem(first))
	if err != nil {
		t.Fatalf("Parse(Render) = %v, want no fault", err)
	}
	second, err := again.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	compareFiles(t, first, second)
}

func TestTheDefaultRulesComeBackByteForByte(t *testing.T) {
	t.Parallel()
	parsed, err := Parse(pack.Files)
	if err != nil {
		t.Fatalf("Parse = %v, want no fault", err)
	}
	files, err := parsed.Render()
	if err != nil {
		t.Fatalf("Render = %v, want no error", err)
	}
	for _, file := range files {
		if file.Path == rulesFile && string(file.Body) != mustRead(pack.Files, rulesFile) {
			t.Errorf("rules.yaml comes back as\n%s", file.Body)
		}
	}
}

func filesystem(files []File) fstest.MapFS {
	system := fstest.MapFS{}
	for _, f := range files {
		system[f.Path] = &fstest.MapFile{Data: f.Body}
	}
	return system
}

func compareFiles(t *testing.T, first, second []File) {
	t.Helper()
	if len(first) != len(second) {
		t.Fatalf("got %d files, want %d", len(second), len(first))
	}
	for i := range first {
		if first[i].Path != second[i].Path || string(first[i].Body) != string(second[i].Body) {
			t.Errorf("%s = %s, want %s", second[i].Path, second[i].Body, first[i].Body)
		}
	}
}
