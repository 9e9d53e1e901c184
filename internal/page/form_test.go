package page

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ahpfaculty/internal/fault"
)

func TestReadFormRefusesWhatNoPageSends(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("a=1&", maxFields+1)
	for _, test := range []struct {
		name, kind, body string
		want             error
	}{
		{"a good form", "application/x-www-form-urlencoded", "name=Zo%C3%AB%0D%0Avan&x=%09", nil},
		{"NUL", "application/x-www-form-urlencoded", "name=a%00b", fault.Invalid},
		{"an escape character", "application/x-www-form-urlencoded", "name=a%1Bb", fault.Invalid},
		{"a C1 control character", "application/x-www-form-urlencoded", "name=a%C2%85b", fault.Invalid},
		{"what no XML file can hold", "application/x-www-form-urlencoded", "name=a%EF%BF%BEb", fault.Invalid},
		{"no UTF-8", "application/x-www-form-urlencoded", "name=%FF%FE", fault.Invalid},
		{"NUL in a name", "application/x-www-form-urlencoded", "na%00me=a", fault.Invalid},
		{"a broken escape", "application/x-www-form-urlencoded", "name=%zz", fault.Invalid},
		{"too many fields", "application/x-www-form-urlencoded", many, fault.Invalid},
		{"a value over the limit", "application/x-www-form-urlencoded", "name=" + strings.Repeat("x", maxValueRunes+1), fault.TooLarge},
		{"a body over the limit", "application/x-www-form-urlencoded", "name=" + strings.Repeat("x", DefaultMaxBody), fault.TooLarge},
		{"JSON", "application/json", `{"name":"a"}`, fault.Invalid},
		{"no type", "", "name=a", fault.Invalid},
	} {
		r := httptest.NewRequest(http.MethodPost, "/apply/name", strings.NewReader(test.body))
		r.Header.Set("Content-Type", test.kind)
		if err := ReadForm(httptest.NewRecorder(), r, Route{}); !errors.Is(err, test.want) {
			t.Errorf("ReadForm(%s) = %v, want %v", test.name, err, test.want)
		}
	}
}
