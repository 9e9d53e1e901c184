package content

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"ahpfaculty/internal/profession"
	"ahpfaculty/internal/strategy"
)

// generalFolder is where the pack keeps the pages of no section.
const generalFolder = "pages"

// reading is a pack while it is read.
type reading struct {
	pack   Pack
	faults Faults
	// These remember where each thing stands, for the checks between files.
	documents map[string]*document
}

// Parse reads a pack's files. Its error is Faults, every one of them with its
// file and line, unless the files themselves cannot be read.
func Parse(files fs.FS) (Pack, error) {
	r := &reading{documents: make(map[string]*document)}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return r.file(files, name)
	})
	if err != nil {
		return Pack{}, fmt.Errorf("reading content: %w", err)
	}
	r.check()
	if err := r.faults.asError(); err != nil {
		return Pack{}, err
	}
	r.pack.sort()
	return r.pack, nil
}

func (r *reading) file(files fs.FS, name string) error {
	extension := path.Ext(name)
	if extension != ".md" && extension != ".yaml" {
		return nil
	}
	source, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	d := &document{file: name, faults: &r.faults}
	r.documents[name] = d
	folder := path.Dir(name)
	switch {
	case folder == "professions" && extension == ".md":
		r.profession(d, source)
	case extension == ".md" && (folder == generalFolder || folder == Careers || folder == Faculty):
		r.page(d, folder, source)
	case folder == "strategies" && extension == ".yaml":
		r.strategy(d, source)
	case name == "faculty.yaml":
		readWhole(d, source, &r.pack.Faculty)
	case name == "organisations.yaml":
		readWhole(d, source, &r.pack.Organisations)
	case name == "groups.yaml":
		readWhole(d, source, &r.pack.Groups)
	case name == rulesFile:
		readWhole(d, source, &r.pack.Rules)
	case name == holidaysFile:
		readWhole(d, source, &r.pack.Holidays)
	default:
		d.fault("", "is not a file that content has a place for")
	}
	return nil
}

func readWhole[T any](d *document, source []byte, target *T) bool {
	text, ok := d.readText(source)
	return ok && d.readYAML(text, target)
}

func (r *reading) profession(d *document, source []byte) {
	var p profession.Page
	if !d.readMarkdown(source, &p) {
		return
	}
	p.Body = d.body
	d.slugIsFile(p.Slug)
	d.checkProfession(p)
	r.pack.Professions = append(r.pack.Professions, p)
}

func (r *reading) page(d *document, folder string, source []byte) {
	var p Page
	if !d.readMarkdown(source, &p) {
		return
	}
	p.Body = d.body
	p.Section = folder
	if folder == generalFolder {
		p.Section = General
	}
	d.slugIsFile(p.Slug)
	d.checkPage(p)
	r.pack.Pages = append(r.pack.Pages, p)
}

func (r *reading) strategy(d *document, source []byte) {
	var s strategy.Strategy
	if !readWhole(d, source, &s) {
		return
	}
	d.slugIsFile(s.Slug)
	d.checkStrategy(s)
	r.pack.Strategies = append(r.pack.Strategies, s)
}

// check looks at what holds between files, and at the lists.
func (r *reading) check() {
	for _, needed := range []string{"faculty.yaml", "organisations.yaml", "groups.yaml", rulesFile, holidaysFile} {
		if r.documents[needed] == nil {
			r.faults.add(needed, 1, "is missing")
		}
	}
	if d := r.documents["faculty.yaml"]; d != nil && d.fits {
		d.checkDetails(r.pack.Faculty)
	}
	organisations := r.organisations()
	if d := r.documents["groups.yaml"]; d != nil && d.fits && organisations != nil {
		d.checkGroups(r.pack.Groups, organisations)
	}
	if d := r.documents[rulesFile]; d != nil && d.fits {
		d.checkRules(r.pack.Rules)
	}
	if d := r.documents[holidaysFile]; d != nil && d.fits {
		d.checkHolidays(r.pack.Holidays)
	}
	positions := make(map[int]bool)
	for _, p := range r.pack.Professions {
		if d := r.documents["professions/"+p.Slug+".md"]; d != nil {
			d.uniqueNumber(positions, "order", p.Position)
		}
	}
}

// organisations checks the organisations and gives their slugs; nil when they
// could not be read, so that nothing else is blamed for that.
func (r *reading) organisations() map[string]bool {
	d := r.documents["organisations.yaml"]
	if d == nil || !d.fits {
		return nil
	}
	slugs := make(map[string]bool)
	for i, o := range r.pack.Organisations {
		at := index("", i)
		d.need(at, map[string]string{"slug": o.Slug, "name": o.Name, "kind": o.Kind})
		d.isSlug(join(at, "slug"), o.Slug)
		d.unique(slugs, join(at, "slug"), o.Slug)
	}
	return slugs
}

// slugIsFile checks that a file is called after what it holds, which also
// makes slugs unique.
func (d *document) slugIsFile(slug string) {
	if want := strings.TrimSuffix(path.Base(d.file), path.Ext(d.file)); slug != want {
		d.fault("slug", "slug is %q but the file's name says %q", slug, want)
	}
	d.isSlug("slug", slug)
}
