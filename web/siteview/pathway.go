package siteview

import (
	"strings"

	"ahpfaculty/internal/profession"
)

// Contribution is what one profession of Lancashire Teaching Hospitals does for
// somebody who has surgery for cancer.
type Contribution struct {
	Name string // of the profession as that trust counts it
	Slug string // of its page
	Text string
}

// Contributions are those of all professions that have one, in the order of the
// professions: the source gives none of its own.
func Contributions(pages []profession.Page) []Contribution {
	var all []Contribution
	for _, p := range pages {
		for _, f := range p.Profiles {
			if f.CancerPathway != "" {
				all = append(all, Contribution{Name: f.Name, Slug: p.Slug, Text: f.CancerPathway})
			}
		}
	}
	return all
}

// The measures of the picture, in the units of its view box.
const (
	wheelWidth  = 960
	boxWidth    = 348
	boxGap      = 16
	boxPadding  = 14
	lineHeight  = 21
	lineLetters = 37 // as many as fit a box in the widest of the fonts
	hubRadius   = 92
)

// wheel is the picture of a pathway: the person in the middle, and the
// professions around them, half on each side.
type wheel struct {
	height int
	boxes  []wheelBox
}

// wheelBox is one profession in the picture.
type wheelBox struct {
	x, y, height int
	name, text   []string // in lines
}

// newWheel gives each contribution its place.
func newWheel(all []Contribution) wheel {
	half := (len(all) + 1) / 2
	left, leftHeight := column(all[:half], 0)
	right, rightHeight := column(all[half:], wheelWidth-boxWidth)
	w := wheel{height: max(leftHeight, rightHeight, 2*hubRadius)}
	w.boxes = append(lowered(left, (w.height-leftHeight)/2), lowered(right, (w.height-rightHeight)/2)...)
	return w
}

// column stacks boxes and says how high they are together.
func column(all []Contribution, x int) ([]wheelBox, int) {
	var boxes []wheelBox
	y := 0
	for i, c := range all {
		if i > 0 {
			y += boxGap
		}
		box := wheelBox{x: x, y: y, name: lines(c.Name, lineLetters-2), text: lines(c.Text, lineLetters)}
		box.height = 2*boxPadding + lineHeight*(len(box.name)+len(box.text))
		boxes = append(boxes, box)
		y += box.height
	}
	return boxes, y
}

func lowered(boxes []wheelBox, by int) []wheelBox {
	for i := range boxes {
		boxes[i].y += by
	}
	return boxes
}

// lines breaks text between words into lines of so many letters.
func lines(text string, letters int) []string {
	var broken []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > letters {
			broken = append(broken, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		broken = append(broken, line)
	}
	return broken
}

// middle is where the line to the hub begins: half way up the inner side.
func (b wheelBox) middle() (x, y int) {
	x = b.x
	if b.x == 0 {
		x = boxWidth
	}
	return x, b.y + b.height/2
}

// lineY is where a line of the box stands, names first.
func (b wheelBox) lineY(line int) int { return b.y + boxPadding + lineHeight*line + 16 }
