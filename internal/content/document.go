package content

import (
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"ahpfaculty/internal/updating"
)

// dateForm is how files write a date.
const dateForm = "2006-01-02"

// document is a file of a pack while it is read: it knows on which line each
// field stands, so that every fault can name one.
type document struct {
	file     string
	lines    map[string]int // by path: "themes[0].commitments[1]"
	body     string         // what follows the front matter
	bodyLine int
	faults   *Faults
	fits     bool // whether it was read without a fault
}

func (d *document) fault(path, format string, values ...any) {
	d.faults.add(d.file, d.line(path), format, values...)
}

// line is where a path stands, or the nearest thing that it is part of.
func (d *document) line(path string) int {
	for {
		if line, ok := d.lines[path]; ok {
			return line
		}
		end := strings.LastIndexAny(path, ".[")
		if end < 0 {
			return 1
		}
		path = path[:end]
	}
}

// readText checks that a file is text that Postgres can keep.
func (d *document) readText(source []byte) (string, bool) {
	text := strings.ReplaceAll(string(source), "\r\n", "\n")
	if !utf8.ValidString(text) {
		d.fault("", "is not UTF-8 text")
		return "", false
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			d.faults.add(d.file, i+1, "has a control character")
			return "", false
		}
	}
	return text, true
}

// readMarkdown splits a file into front matter, which is read into the target,
// and body.
func (d *document) readMarkdown(source []byte, target any) bool {
	text, ok := d.readText(source)
	if !ok {
		return false
	}
	rest, found := strings.CutPrefix(text, "---\n")
	front, body, closed := strings.Cut(rest, "\n---\n")
	if !found || !closed {
		d.fault("", "must start with front matter between two lines of ---")
		return false
	}
	d.body = strings.TrimSpace(body) + "\n"
	d.bodyLine = strings.Count(front, "\n") + 4
	d.bodyLine += strings.Count(body[:len(body)-len(strings.TrimLeft(body, " \t\n"))], "\n")
	// The blank line stands for the first ---, so that lines keep their numbers.
	return d.readYAML("\n"+front+"\n", target)
}

// readYAML reads a value and reports every field that does not fit it.
func (d *document) readYAML(text string, target any) bool {
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		d.syntaxFault(err)
		return false
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		d.fault("", "must hold exactly one document")
		return false
	}
	before := len(*d.faults)
	node := file.Docs[0].Body
	d.lines = make(map[string]int)
	d.fit("", node, reflect.TypeOf(target).Elem())
	if len(*d.faults) > before {
		return false
	}
	if err := yaml.NodeToValue(node, target, yaml.CustomUnmarshaler(readDate)); err != nil {
		d.syntaxFault(err)
		return false
	}
	d.fits = true
	return true
}

func readDate(at *time.Time, source []byte) error {
	parsed, err := time.Parse(dateForm, strings.Trim(strings.TrimSpace(string(source)), `"'`))
	*at = parsed
	return err
}

func (d *document) syntaxFault(err error) {
	line, message := 1, err.Error()
	if detailed, ok := err.(yaml.Error); ok { //nolint:errorlint // the parser returns it bare
		message = detailed.GetMessage()
		if t := detailed.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
		}
	}
	d.faults.add(d.file, line, "%s", message)
}

// fit walks a value's nodes beside its type: it notes the line of every path
// and reports each field that is unknown or of another kind.
func (d *document) fit(path string, node ast.Node, want reflect.Type) {
	if _, noted := d.lines[path]; !noted {
		d.lines[path] = node.GetToken().Position.Line
	}
	for want.Kind() == reflect.Pointer {
		want = want.Elem()
	}
	if node.Type() == ast.NullType {
		if want.Kind() != reflect.String && want.Kind() != reflect.Slice {
			d.fault(path, "%q is empty", name(path))
		}
		return
	}
	switch {
	case want == reflect.TypeFor[time.Time](), want == reflect.TypeFor[updating.Date]():
		d.fitDate(path, node)
	case want.Kind() == reflect.Struct:
		d.fitFields(path, node, want)
	case want.Kind() == reflect.Slice:
		d.fitList(path, node, want)
	case want.Kind() == reflect.String:
		if node.Type() != ast.StringType && node.Type() != ast.LiteralType {
			d.fault(path, "%q must be text: put it between quotes", name(path))
		}
	case want.Kind() == reflect.Int:
		if node.Type() != ast.IntegerType {
			d.fault(path, "%q must be a whole number", name(path))
		}
	case want.Kind() == reflect.Float64:
		if node.Type() != ast.IntegerType && node.Type() != ast.FloatType {
			d.fault(path, "%q must be a number", name(path))
		}
	}
}

func (d *document) fitDate(path string, node ast.Node) {
	if _, err := time.Parse(dateForm, node.GetToken().Value); err != nil {
		d.fault(path, "%q must be a date such as 2026-11-20", name(path))
	}
}

func (d *document) fitList(path string, node ast.Node, want reflect.Type) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		d.fault(path, "%q must be a list", name(path))
		return
	}
	for i, value := range list.Values {
		d.fit(index(path, i), value, want.Elem())
	}
}

func (d *document) fitFields(path string, node ast.Node, want reflect.Type) {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		d.fault(path, "%q must hold fields", name(path))
		return
	}
	fields := make(map[string]reflect.Type)
	for i := range want.NumField() {
		tag, _, _ := strings.Cut(want.Field(i).Tag.Get("yaml"), ",")
		if tag != "-" {
			fields[tag] = want.Field(i).Type
		}
	}
	for _, value := range values {
		key := value.Key.GetToken().Value
		line := value.Key.GetToken().Position.Line
		kind, known := fields[key]
		if !known {
			d.faults.add(d.file, line, "unknown field %q", key)
			continue
		}
		d.lines[join(path, key)] = line
		d.fit(join(path, key), value.Value, kind)
	}
}
