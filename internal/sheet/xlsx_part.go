package sheet

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// part is a part of the file as XML.
type part struct {
	in   *xml.Decoder
	deep int
}

// openPart opens a part of the file. It is not closed: nothing of it is open
// but memory.
func openPart(in *zip.Reader, name string, most int) (*part, error) {
	for _, one := range in.File {
		if strings.EqualFold(one.Name, name) {
			unpacked, err := one.Open()
			if err != nil {
				return nil, err
			}
			return &part{in: xml.NewDecoder(&pieces{in: unpacked, buffer: make([]byte, 0, 32<<10), most: most})}, nil
		}
	}
	return nil, fmt.Errorf("no part %q", name)
}

func readPart(in *zip.Reader, name string, into any) error {
	p, err := openPart(in, name, mostSmall)
	if err != nil {
		return err
	}
	return p.in.Decode(into)
}

// token gives what comes next. The decoder remembers every element that it is
// in: without end, they would fill the memory.
func (p *part) token() (xml.Token, error) {
	token, err := p.in.Token()
	switch token.(type) {
	case xml.StartElement:
		if p.deep++; p.deep > mostDeep {
			return nil, errPacked
		}
	case xml.EndElement:
		p.deep--
	}
	return token, err
}

// skip passes over the element that was begun.
func (p *part) skip() error {
	for within := p.deep; p.deep >= within; {
		if _, err := p.token(); err != nil {
			return err
		}
	}
	return nil
}

// pieces reads XML byte by byte, which is how its decoder wants it, and ends
// where there is more than any honest workbook has. What begins with <! has no
// place in one, and could hide a text without end.
type pieces struct {
	in     io.Reader
	buffer []byte
	at     int
	all    int
	most   int
	piece  int
	opened bool // the byte before was <
}

// Read is asked of every reader; the decoder calls ReadByte.
func (p *pieces) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	one, err := p.ReadByte()
	if err != nil {
		return 0, err
	}
	b[0] = one
	return 1, nil
}

// ReadByte gives the next byte.
func (p *pieces) ReadByte() (byte, error) {
	if p.at == len(p.buffer) {
		n, err := io.ReadAtLeast(p.in, p.buffer[:cap(p.buffer)], 1)
		if err != nil {
			return 0, err
		}
		p.buffer, p.at = p.buffer[:n], 0
	}
	c := p.buffer[p.at]
	p.at++
	p.all++
	p.piece++
	if p.all > p.most || p.piece > mostPiece || p.opened && c == '!' {
		return 0, errPacked
	}
	if p.opened = c == '<'; p.opened {
		p.piece = 0
	}
	return c, nil
}

// readStrings reads the texts that cells share.
func readStrings(in *zip.Reader, name string) ([]string, error) {
	p, err := openPart(in, name, mostUnpacked)
	if err != nil {
		return nil, err
	}
	all, size := []string{}, 0
	for {
		token, err := p.token()
		if isEnd(err) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if start, is := token.(xml.StartElement); is && start.Name.Local == "si" {
			text, err := p.text()
			if err != nil {
				return nil, err
			}
			if size += len(text) + 16; size > mostStrings {
				return nil, errPacked
			}
			all = append(all, text)
		}
	}
}

// text joins the pieces of a text up to the end of the element that was begun,
// without how it is pronounced.
func (p *part) text() (string, error) {
	var text strings.Builder
	for within := p.deep; p.deep >= within; {
		token, err := p.token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				err = p.skip()
			}
		case xml.CharData:
			text.Write(t)
		}
		if err != nil {
			return "", err
		}
		if text.Len() > mostStrings {
			return "", errPacked
		}
	}
	return unescape(text.String()), nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads characters that a workbook writes by their number.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		number, _ := strconv.ParseUint(code[2:6], 16, 16)
		return string(rune(number))
	})
}

// styles are how cells are shown.
type styles struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// quoted is what a format shows as it stands: texts, colours, single characters.
var quoted = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

func readDays(in *zip.Reader, name string) (map[int]bool, error) {
	var all styles
	if err := readPart(in, name, &all); err != nil {
		return nil, err
	}
	// Those that every spreadsheet has; times of the day alone are none.
	formats := map[int]bool{14: true, 15: true, 16: true, 17: true, 22: true, 27: true, 28: true, 29: true, 30: true, 31: true, 36: true,
		50: true, 51: true, 52: true, 53: true, 54: true, 57: true, 58: true}
	for _, f := range all.Formats {
		formats[f.ID] = strings.ContainsAny(strings.ToLower(quoted.ReplaceAllString(f.Code, "")), "yd")
	}
	days := map[int]bool{}
	for style, cell := range all.Cells {
		days[style] = formats[cell.Format]
	}
	return days, nil
}
