package page

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"ahpfaculty/internal/fault"
)

const (
	// fileTime is how long a form with a file may take to arrive: 20 MB in that
	// time is a line of 270 kbit a second.
	fileTime = 10 * time.Minute
	// pieceTime is how long each piece of it may take.
	pieceTime = 30 * time.Second
	// answerTime is how long the answer may take after that.
	answerTime = 20 * time.Second
	// looksPast is how many times the route's limit is read, and not kept, so
	// that somebody whose file is too large is told so: a browser that is cut off
	// while it sends shows no page.
	looksPast = 5
	// filesAtOnce is how many such forms are read at the same time.
	filesAtOnce = 4
	// maxFileName is how much of a file's name is kept, in runes.
	maxFileName = 200
)

// File is what somebody chose in a form's field for a file.
type File struct {
	Name     string // without folders, and without characters that are not seen
	Content  []byte
	TooLarge bool // over the route's limit: there is no content
}

// FileOf is the file that a form carried; false where none was chosen.
func FileOf(r *http.Request) (File, bool) {
	file, ok := r.Context().Value(fileKey).(File)
	return file, ok
}

// Unhastened gives a request for a route that takes a file the time that one
// may need. The end of the request's context ends the returned one as well.
func Unhastened(r *http.Request) (*http.Request, context.CancelFunc) {
	unhurried, stop := Unhurried(r.Context())
	ctx, cancel := context.WithTimeout(unhurried, fileTime+answerTime)
	return r.WithContext(ctx), func() { cancel(); stop() }
}

// readFile reads a form with a file, once its sender is known, and gives the
// request its fields and the file.
func (g *Guard) readFile(w http.ResponseWriter, r *http.Request, route Route) (*http.Request, error) {
	if g.reading.Add(1) > filesAtOnce {
		g.reading.Add(-1)
		return r, &fault.WaitError{Kind: fault.Unavailable, After: pieceTime}
	}
	// Its content is in memory until the request is answered.
	context.AfterFunc(r.Context(), func() { g.reading.Add(-1) })
	return ReadFile(w, r, route)
}

// ReadFile reads a form with a file within the route's limit, checks every
// field, and gives the request the file. The body of a route that takes a file
// has no other form.
func ReadFile(w http.ResponseWriter, r *http.Request, route Route) (*http.Request, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return r, fmt.Errorf("body that is no form with a file: %w", fault.Invalid)
	}
	defer beginAnswer(w)
	form := formWithFile{route: route, fields: url.Values{}, room: DefaultMaxBody}
	body := http.MaxBytesReader(w, slowBody(w, r), route.MaxBody*looksPast+DefaultMaxBody)
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF { // as it is: wrapped, it is a body that ends too early
			break
		}
		if err == nil {
			err = form.take(part)
		} else {
			err = unread(err)
		}
		if err != nil {
			return r, err
		}
	}
	if err := CheckFields(form.fields); err != nil {
		return r, err
	}
	r.PostForm, r.Form = form.fields, form.fields
	if form.file != nil {
		r = r.WithContext(context.WithValue(r.Context(), fileKey, *form.file))
	}
	return r, nil
}

// drop reads what is left of a form with a file and keeps nothing of it: a
// browser shows what it is answered once it has sent all.
func drop(w http.ResponseWriter, r *http.Request, route Route) {
	_, _ = io.CopyN(io.Discard, slowBody(w, r), route.MaxBody*looksPast) // whoever breaks off sees no answer
	beginAnswer(w)
}

// formWithFile is a form while it is read.
type formWithFile struct {
	route  Route
	fields url.Values
	file   *File
	parts  int
	room   int64 // bytes of fields that may still come
}

// take reads a part of the form.
func (f *formWithFile) take(part *multipart.Part) error {
	name := part.FormName()
	if f.parts++; f.parts > maxFields {
		return fmt.Errorf("too many fields: %w", fault.Invalid)
	}
	if name == "" {
		return fmt.Errorf("field without a name: %w", fault.Invalid)
	}
	// A field for a file in which none was chosen has no name of one.
	chosen := part.FileName() != ""
	switch {
	case name == f.route.File && chosen:
		return f.takeFile(part)
	case name == f.route.File:
		return nil
	case chosen:
		return fmt.Errorf("file in a field for text: %w", fault.Invalid)
	default:
		return f.takeField(name, part)
	}
}

func (f *formWithFile) takeField(name string, part io.Reader) error {
	value, err := io.ReadAll(io.LimitReader(part, f.room+1))
	if err != nil {
		return unread(err)
	}
	if f.room -= int64(len(value)); f.room < 0 {
		return fmt.Errorf("fields over %d bytes: %w", DefaultMaxBody, fault.TooLarge)
	}
	f.fields.Add(name, string(value))
	return nil
}

func (f *formWithFile) takeFile(part *multipart.Part) error {
	if f.file != nil {
		return fmt.Errorf("two files: %w", fault.Invalid)
	}
	var content bytes.Buffer
	if _, err := content.ReadFrom(io.LimitReader(part, f.route.MaxBody+1)); err != nil {
		return unread(err)
	}
	f.file = &File{Name: fileName(part), Content: content.Bytes()}
	if int64(content.Len()) > f.route.MaxBody {
		f.file.Content, f.file.TooLarge = nil, true
	}
	return nil
}

// fileName is the name of a file as people read it: without folders, and
// without characters that do nothing or turn round what stands after them.
func fileName(part *multipart.Part) string {
	name := part.FileName()
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			return r
		}
		return -1
	}, name)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	if len(runes) == 0 {
		return "A file without a name"
	}
	return string(runes[:min(len(runes), maxFileName)])
}

// slowBody is a request's body that may take its time: whoever reads a piece
// gets time for it, until all the time is used up.
func slowBody(w http.ResponseWriter, r *http.Request) io.ReadCloser {
	return &slowly{ReadCloser: r.Body, control: http.NewResponseController(w), until: time.Now().Add(fileTime)}
}

type slowly struct {
	io.ReadCloser
	control *http.ResponseController
	until   time.Time
}

// Read reads a piece.
func (s *slowly) Read(b []byte) (int, error) {
	by := time.Now().Add(pieceTime)
	if by.After(s.until) {
		by = s.until
	}
	_ = s.control.SetReadDeadline(by) // a test's recorder has none
	return s.ReadCloser.Read(b)
}

// beginAnswer gives the answer its own time: the server's began with the
// request.
func beginAnswer(w http.ResponseWriter) {
	control, by := http.NewResponseController(w), time.Now().Add(answerTime)
	_ = control.SetWriteDeadline(by)
	// A limit for reading that is over before the answer is sent would end the
	// request, as if its client had gone.
	_ = control.SetReadDeadline(by.Add(answerTime))
}
