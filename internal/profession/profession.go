// Package profession holds the 14 allied health professions: the closed list
// that rules and forms rely on, and the text of each one's page.
package profession

// Regulator is a body that keeps the register of a profession.
type Regulator struct {
	Slug         string // "hcpc"
	Name         string // in full
	Abbreviation string // "HCPC"
	Website      string // the address of its public site, without a path
}

// The two regulators of the allied health professions in England.
var (
	// HCPC registers every profession but osteopaths.
	HCPC = Regulator{
		Slug: "hcpc", Name: "Health and Care Professions Council", Abbreviation: "HCPC",
		Website: "https://www.hcpc-uk.org",
	}
	// GOsC registers osteopaths, and has rules of its own for returning.
	GOsC = Regulator{
		Slug: "gosc", Name: "General Osteopathic Council", Abbreviation: "GOsC",
		Website: "https://www.osteopathy.org.uk",
	}
)

// Branch is one of the kinds of work that a profession divides into, with its
// own training; most professions have none.
type Branch struct {
	Slug     string
	Name     string // plural, sentence case: "Diagnostic radiographers"
	Singular string // "Diagnostic radiographer"
}

// Profession is one of the 14, as a rule or a form needs to know it. Its page's
// text is a Page.
type Profession struct {
	Slug            string
	Name            string   // plural, sentence case: "Dietitians"
	Singular        string   // "Dietitian"
	Aliases         []string // other names that people search for
	Branches        []Branch
	Regulator       Regulator
	RegisterLetters string // start of a register number, such as "DT"; "" for osteopaths
}

// all is in the order of the alphabet, which is the order of every list.
var all = []Profession{
	{Slug: "art-therapists", Name: "Art therapists", Singular: "Art therapist",
		Aliases: []string{"Art psychotherapists", "Arts therapists"}, Regulator: HCPC, RegisterLetters: "AS"},
	{Slug: "dietitians", Name: "Dietitians", Singular: "Dietitian",
		Aliases: []string{"Dieticians"}, Regulator: HCPC, RegisterLetters: "DT"},
	{Slug: "dramatherapists", Name: "Dramatherapists", Singular: "Dramatherapist",
		Aliases: []string{"Drama therapists", "Arts therapists"}, Regulator: HCPC, RegisterLetters: "AS"},
	{Slug: "music-therapists", Name: "Music therapists", Singular: "Music therapist",
		Aliases: []string{"Arts therapists"}, Regulator: HCPC, RegisterLetters: "AS"},
	{Slug: "occupational-therapists", Name: "Occupational therapists", Singular: "Occupational therapist",
		Aliases: []string{"OTs"}, Regulator: HCPC, RegisterLetters: "OT"},
	{Slug: "operating-department-practitioners", Name: "Operating department practitioners",
		Singular: "Operating department practitioner",
		Aliases:  []string{"ODPs"}, Regulator: HCPC, RegisterLetters: "ODP"},
	{Slug: "orthoptists", Name: "Orthoptists", Singular: "Orthoptist", Regulator: HCPC, RegisterLetters: "OR"},
	{Slug: "osteopaths", Name: "Osteopaths", Singular: "Osteopath", Regulator: GOsC},
	{Slug: "paramedics", Name: "Paramedics", Singular: "Paramedic", Regulator: HCPC, RegisterLetters: "PA"},
	{Slug: "physiotherapists", Name: "Physiotherapists", Singular: "Physiotherapist",
		Aliases: []string{"Physios", "Physical therapists"}, Regulator: HCPC, RegisterLetters: "PH"},
	{Slug: "podiatrists", Name: "Podiatrists", Singular: "Podiatrist",
		Aliases: []string{"Chiropodists"}, Regulator: HCPC, RegisterLetters: "CH"},
	{Slug: "prosthetists-and-orthotists", Name: "Prosthetists and orthotists", Singular: "Prosthetist or orthotist",
		Branches: []Branch{
			{Slug: "prosthetists", Name: "Prosthetists", Singular: "Prosthetist"},
			{Slug: "orthotists", Name: "Orthotists", Singular: "Orthotist"},
		}, Regulator: HCPC, RegisterLetters: "PO"},
	{Slug: "radiographers", Name: "Radiographers", Singular: "Radiographer",
		Branches: []Branch{
			{Slug: "diagnostic-radiographers", Name: "Diagnostic radiographers", Singular: "Diagnostic radiographer"},
			{Slug: "therapeutic-radiographers", Name: "Therapeutic radiographers", Singular: "Therapeutic radiographer"},
		}, Regulator: HCPC, RegisterLetters: "RA"},
	{Slug: "speech-and-language-therapists", Name: "Speech and language therapists",
		Singular: "Speech and language therapist",
		Aliases:  []string{"SLTs", "SaLTs", "Speech therapists"}, Regulator: HCPC, RegisterLetters: "SL"},
}

// All gives the 14 professions in the order of the alphabet. The slice is the
// caller's; what its members point at is shared and must not be changed.
func All() []Profession {
	return append([]Profession(nil), all...)
}

// BySlug finds a profession; false when there is none of that slug.
func BySlug(slug string) (Profession, bool) {
	for _, p := range all {
		if p.Slug == slug {
			return p, true
		}
	}
	return Profession{}, false
}

// Branch finds one of the profession's branches; false when it has none of
// that slug.
func (p Profession) Branch(slug string) (Branch, bool) {
	for _, b := range p.Branches {
		if b.Slug == slug {
			return b, true
		}
	}
	return Branch{}, false
}
