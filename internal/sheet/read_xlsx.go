package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// What a workbook may become when it is unpacked: some bytes can be made to
// stand for very many.
const (
	mostUnpacked = 512 << 20 // of a sheet, which is not kept
	mostSmall    = 16 << 20  // of a part that is
	mostStrings  = 64 << 20  // of the texts that cells share
	mostPiece    = 256 << 10 // between two tags
	mostDeep     = 64        // elements in one another
	mostPlaces   = 16_384    // columns that a spreadsheet can have
)

var errPacked = errors.New("unpacks to more than it may")

// errWorkbook is what people read of a workbook that is broken: how it is does
// not help them.
func errWorkbook(row int) error {
	if row > 0 {
		return unreadable(row, "The workbook cannot be read from row %d on. Open it in Excel, save it again as an Excel workbook (.xlsx), then upload that", row)
	}
	return unreadable(0, "The file is no Excel workbook that can be read. Open it in Excel, save it as an Excel workbook (.xlsx), then upload that")
}

// xlsxRows reads the first sheet of a workbook straight from the file: nothing
// of it is kept on a disk, and one row at a time in memory.
type xlsxRows struct {
	sheet   *part
	strings []string
	days    map[int]bool // styles that show a number as a day
	epoch   time.Time
	row     int
}

// workbook is what tells which part of the file is the first sheet.
type workbook struct {
	Properties struct {
		From1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Attributes []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

type relations struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func openXLSX(file []byte) (source, error) {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, errWorkbook(0)
	}
	x := &xlsxRows{}
	if err := x.open(in); err != nil {
		return nil, errWorkbook(0)
	}
	return x, nil
}

func (x *xlsxRows) open(in *zip.Reader) error {
	var book workbook
	var parts relations
	if err := readPart(in, "xl/workbook.xml", &book); err != nil {
		return err
	}
	if err := readPart(in, "xl/_rels/workbook.xml.rels", &parts); err != nil {
		return err
	}
	x.epoch = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if book.Properties.From1904 == "1" || book.Properties.From1904 == "true" {
		x.epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	first := ""
	for _, part := range parts.All {
		target := path.Join("xl", part.Target)
		if strings.HasPrefix(part.Target, "/") {
			target = strings.TrimPrefix(part.Target, "/")
		}
		var err error
		switch {
		case len(book.Sheets) > 0 && part.ID != "" && part.ID == book.firstID():
			first = target
		case x.strings == nil && strings.HasSuffix(part.Type, "/sharedStrings"):
			x.strings, err = readStrings(in, target)
		case x.days == nil && strings.HasSuffix(part.Type, "/styles"):
			x.days, err = readDays(in, target)
		}
		if err != nil {
			return err
		}
	}
	sheet, err := openPart(in, first, mostUnpacked)
	x.sheet = sheet
	return err
}

func (b workbook) firstID() string {
	for _, a := range b.Sheets[0].Attributes {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func (x *xlsxRows) next() (Record, error) {
	for {
		token, err := x.sheet.token()
		if isEnd(err) {
			return Record{}, err
		}
		if err != nil {
			return Record{}, errWorkbook(x.row + 1)
		}
		start, is := token.(xml.StartElement)
		if !is || start.Name.Local != "row" {
			continue
		}
		number, _ := strconv.Atoi(attribute(start, "r"))
		x.row = max(x.row+1, number)
		cells, err := x.cells()
		if err != nil {
			return Record{}, errWorkbook(x.row)
		}
		return Record{Number: x.row, Cells: cells}, nil
	}
}

func attribute(of xml.StartElement, name string) string {
	for _, a := range of.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// cells reads the cells up to the end of a row, the last of which holds
// something.
func (x *xlsxRows) cells() ([]string, error) {
	var cells []string
	for at := -1; ; {
		token, err := x.sheet.token()
		if err != nil {
			return nil, err
		}
		start, begins := token.(xml.StartElement)
		if !begins {
			if end, ends := token.(xml.EndElement); ends && end.Name.Local == "row" {
				return cells, nil
			}
			continue
		}
		if start.Name.Local != "c" {
			if err := x.sheet.skip(); err != nil {
				return nil, err
			}
			continue
		}
		if at = max(at+1, column(attribute(start, "r"))); at >= mostPlaces {
			return nil, errPacked
		}
		text, err := x.cell(start)
		if err != nil {
			return nil, err
		}
		for text != "" && len(cells) <= at {
			cells = append(cells, "")
		}
		if text != "" {
			cells[at] = text
		}
	}
}

// column is the place of a cell such as AB12; -1 where it does not say it.
func column(name string) int {
	place := 0
	for _, c := range name {
		if c < 'A' || c > 'Z' || place > mostPlaces {
			break
		}
		place = place*26 + int(c-'A') + 1
	}
	return place - 1
}

// cell reads what a cell holds, and passes over how it was worked out.
func (x *xlsxRows) cell(start xml.StartElement) (string, error) {
	text := ""
	for {
		token, err := x.sheet.token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.EndElement:
			style, _ := strconv.Atoi(attribute(start, "s"))
			return x.value(text, attribute(start, "t"), style)
		case xml.StartElement:
			if t.Name.Local != "v" && t.Name.Local != "is" {
				if err := x.sheet.skip(); err != nil {
					return "", err
				}
			} else if text, err = x.sheet.text(); err != nil {
				return "", err
			}
		}
	}
}

// value is what is kept in a cell as text.
func (x *xlsxRows) value(text, kind string, style int) (string, error) {
	switch kind {
	case "s":
		place, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || place < 0 || place >= len(x.strings) {
			return "", fmt.Errorf("no text %q", text)
		}
		return x.strings[place], nil
	case "b":
		return map[string]string{"1": "Yes", "0": "No"}[strings.TrimSpace(text)], nil
	case "", "n":
		return x.number(strings.TrimSpace(text), x.days[style]), nil
	}
	return text, nil
}

// mostExact is the number from which on a spreadsheet has not every digit.
const mostExact = 1e15

// mostDay is the number of the last day that a spreadsheet has.
const mostDay = 2_958_465

func (x *xlsxRows) number(text string, day bool) string {
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || n >= mostExact || n <= -mostExact:
		return text
	case day && n >= 1 && n < mostDay+1:
		at := x.epoch.Add(time.Duration(n*86_400+0.5) * time.Second)
		if at.Equal(at.Truncate(24 * time.Hour)) {
			return at.Format(time.DateOnly)
		}
		return at.Format("2006-01-02T15:04:05")
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
