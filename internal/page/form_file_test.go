package page_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/page/pagetest"
)

// takes is a route that takes a file of 1,000 bytes.
var takes = page.Route{Method: http.MethodPost, Path: "/admin/file", File: "file", MaxBody: 1000}

// sent is a request with a form as browsers send it.
func sent(t *testing.T, fields url.Values, files ...pagetest.File) *http.Request {
	t.Helper()
	body, kind := pagetest.Multipart(t, fields, files...)
	return posted(body, kind)
}

func posted(body, kind string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/admin/file", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return r
}

func TestReadFileGivesTheFieldsAndTheFile(t *testing.T) {
	t.Parallel()
	content := "a,b\r\n1,\x00\xff\r\n--not the boundary\r\n"
	r, err := page.ReadFile(httptest.NewRecorder(), sent(t, url.Values{"form_key": {"key"}, "x": {"1", "2"}}, pagetest.File{Field: "file", Name: "cases.csv", Content: content}), takes)
	if err != nil {
		t.Fatalf("ReadFile() = %v", err)
	}
	file, ok := page.FileOf(r)
	if !ok || file.Name != "cases.csv" || string(file.Content) != content || file.TooLarge {
		t.Errorf("FileOf() = %+v, %t", file, ok)
	}
	if got := r.PostForm.Encode(); got != "form_key=key&x=1&x=2" {
		t.Errorf("the fields are %q", got)
	}
}

func TestReadFileTellsNoneFromOneThatIsTooLarge(t *testing.T) {
	t.Parallel()
	none, err := page.ReadFile(httptest.NewRecorder(), sent(t, url.Values{"x": {"1"}}, pagetest.File{Field: "file"}), takes)
	if _, ok := page.FileOf(none); ok || err != nil || none.PostForm.Get("x") != "1" {
		t.Errorf("a field in which no file was chosen gives one, or %v", err)
	}
	for size, tooLarge := range map[int]bool{0: false, 1000: false, 1001: true, 5000: true} {
		r, err := page.ReadFile(httptest.NewRecorder(), sent(t, url.Values{"x": {"1"}}, pagetest.File{Field: "file", Name: "a", Content: strings.Repeat("x", size)}), takes)
		if err != nil {
			t.Fatalf("ReadFile(%d bytes) = %v", size, err)
		}
		file, ok := page.FileOf(r)
		if !ok || file.TooLarge != tooLarge || (len(file.Content) == size) == tooLarge {
			t.Errorf("a file of %d bytes is %d bytes, too large %t; want %t", size, len(file.Content), file.TooLarge, tooLarge)
		}
	}
}

func TestReadFileRefusesWhatNoPageSends(t *testing.T) {
	t.Parallel()
	good, kind := pagetest.Multipart(t, url.Values{"x": {"1"}}, pagetest.File{Field: "file", Name: "a.csv", Content: "a"})
	file := func(field, name string) pagetest.File { return pagetest.File{Field: field, Name: name, Content: "a"} }
	many := make([]string, 251)
	for _, test := range []struct {
		name string
		r    *http.Request
		want error
	}{
		{"a good form", posted(good, kind), nil},
		{"a form without a file's type", posted("x=1", "application/x-www-form-urlencoded"), fault.Invalid},
		{"no boundary", posted(good, "multipart/form-data"), fault.Invalid},
		{"another boundary", posted(good, "multipart/form-data; boundary=other"), fault.Invalid},
		{"a form cut off", posted(good[:len(good)-30], kind), fault.Invalid},
		{"mixed parts", posted(good, strings.Replace(kind, "form-data", "mixed", 1)), fault.Invalid},
		{"two files", sent(t, nil, file("file", "a.csv"), file("file", "b.csv")), fault.Invalid},
		{"a file in another field", sent(t, nil, file("x", "a.csv")), fault.Invalid},
		{"a field without a name", sent(t, nil, file("", "")), fault.Invalid},
		{"too many fields", sent(t, url.Values{"x": many}), fault.Invalid},
		{"NUL in a field", sent(t, url.Values{"x": {"a\x00"}}), fault.Invalid},
		{"a field that is no UTF-8", sent(t, url.Values{"x": {"\xff"}}), fault.Invalid},
		{"an escape in a field's name", sent(t, url.Values{"a\x1bb": {"a"}}), fault.Invalid},
		{"an escape in a file's name", sent(t, nil, file("file", "a\x1b[2Jb.csv")), fault.Invalid},
		{"a field over the limit", sent(t, url.Values{"x": {strings.Repeat("x", 10_001)}}), fault.TooLarge},
		{"fields over the limit together", sent(t, url.Values{"x": {strings.Repeat("x", page.DefaultMaxBody+1)}}), fault.TooLarge},
		{"a file far over the limit", sent(t, nil, pagetest.File{Field: "file", Name: "a", Content: strings.Repeat("x", 100_000)}), fault.TooLarge},
	} {
		if _, err := page.ReadFile(httptest.NewRecorder(), test.r, takes); !errors.Is(err, test.want) {
			t.Errorf("ReadFile(%s) = %v, want %v", test.name, err, test.want)
		}
	}
}

func TestTheNameOfAFileIsWhatPeopleRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"cases.csv":                       "cases.csv",
		"Fälle 2024–25.xlsx":              "Fälle 2024–25.xlsx",
		"../../etc/passwd":                "passwd",
		`C:\Users\Ada\cases.csv`:          "cases.csv",
		"a\u202excod.csv":                 "axcod.csv",
		"a\xffb.csv":                      "ab.csv",
		" \u00a0 ":                        "A file without a name",
		strings.Repeat("é", 300) + ".csv": strings.Repeat("é", 200),
		"two\u2003spaces \t and a tab":    "two spaces and a tab",
		`<script src="x">`:                `<script src="x">`,
	} {
		r, err := page.ReadFile(httptest.NewRecorder(), sent(t, nil, pagetest.File{Field: "file", Name: name, Content: "a"}), takes)
		if file, _ := page.FileOf(r); err != nil || file.Name != want {
			t.Errorf("the name %q is %q, %v; want %q", name, file.Name, err, want)
		}
	}
}

// timed is an answer that knows the deadlines it was given.
type timed struct {
	*httptest.ResponseRecorder
	reads []time.Time
	write time.Time
}

func (w *timed) SetReadDeadline(t time.Time) error  { w.reads = append(w.reads, t); return nil }
func (w *timed) SetWriteDeadline(t time.Time) error { w.write = t; return nil }

// pieces is a body that comes in two, and then no more.
type pieces struct{ left []string }

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		return 0, os.ErrDeadlineExceeded
	}
	n := copy(b, p.left[0])
	p.left = p.left[1:]
	return n, nil
}

func TestEachPieceOfAFileGetsTimeAndABodyThatStopsIsRefused(t *testing.T) {
	t.Parallel()
	body, kind := pagetest.Multipart(t, nil, pagetest.File{Field: "file", Name: "a", Content: strings.Repeat("x", 900)})
	r := posted("", kind)
	r.Body = io.NopCloser(&pieces{left: []string{body[:300], body[300:600]}})
	w := &timed{ResponseRecorder: httptest.NewRecorder()}
	if _, err := page.ReadFile(w, r, takes); !errors.Is(err, fault.Invalid) {
		t.Errorf("ReadFile(a body that stops) = %v, want Invalid", err)
	}
	if len(w.reads) < 3 || !w.reads[1].After(w.reads[0]) || w.write.IsZero() {
		t.Errorf("the deadlines were %v for reading and %v for writing, want one for each piece and one for the answer", w.reads, w.write)
	}
}

func FuzzReadFile(f *testing.F) {
	for _, seed := range []string{
		"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n",
		"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n--b--\r\n",
		"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%e2%82%ac.csv\r\n\r\n\r\n--b--",
		"--b\r\nContent-Disposition: attachment; name=x\r\n\r\n\r\n--b--", "--b--", "--b\r\n\r\n--b--", "", "--b\n\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r, err := page.ReadFile(httptest.NewRecorder(), posted(body, "multipart/form-data; boundary=b"), takes)
		if err != nil {
			if status := page.Status(err); status != http.StatusBadRequest && status != http.StatusRequestEntityTooLarge {
				t.Errorf("ReadFile(%q) answers %d, want 400 or 413", body, status)
			}
			return
		}
		if file, ok := page.FileOf(r); ok && (file.Name == "" || !page.Clean(file.Name) || len(file.Content) > int(takes.MaxBody)) {
			t.Errorf("ReadFile(%q) lets %+v through", body, file)
		}
		for name, values := range r.PostForm {
			for _, value := range append(values, name) {
				if !page.Clean(value) {
					t.Errorf("ReadFile(%q) lets %q through", body, value)
				}
			}
		}
	})
}
