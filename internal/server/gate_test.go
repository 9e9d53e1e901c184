package server

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/page"
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
		{"a body over the limit", "application/x-www-form-urlencoded", "name=" + strings.Repeat("x", page.DefaultMaxBody), fault.TooLarge},
		{"JSON", "application/json", `{"name":"a"}`, fault.Invalid},
		{"no type", "", "name=a", fault.Invalid},
	} {
		r := httptest.NewRequest(http.MethodPost, "/apply/name", strings.NewReader(test.body))
		r.Header.Set("Content-Type", test.kind)
		if err := readForm(httptest.NewRecorder(), r, page.Route{}); !errors.Is(err, test.want) {
			t.Errorf("readForm(%s) = %v, want %v", test.name, err, test.want)
		}
	}
}

func TestClientAddressBelievesTrustedProxiesAlone(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, test := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:1", "", "192.0.2.1"},
		{"192.0.2.1:1", "198.51.100.7", "192.0.2.1"},
		{"10.0.0.1:1", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:1", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:1", "198.51.100.7, 10.0.0.2", "198.51.100.7"},
		{"10.0.0.1:1", "spoof", "10.0.0.1"},
		{"[::ffff:192.0.2.1]:1", "", "192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := clientAddress(r, trusted).String(); got != test.want {
			t.Errorf("clientAddress(%s, %q) = %s, want %s", test.remote, test.forwarded, got, test.want)
		}
	}
}
