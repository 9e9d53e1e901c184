package admin

import (
	"errors"
	"net/url"
	"testing"

	"ahpfaculty/internal/fault"
	"ahpfaculty/web/adminview"
)

// FuzzQueueFilter reads filters from addresses: each is refused as what no page
// offers, or is the same when it is read from its own address.
func FuzzQueueFilter(f *testing.F) {
	for _, seed := range []string{"", "tab=all&sort=newest&late=yes", "stage=none", "from=2026-02-30&to=1/2/2026", "from=1.2.0999", "assignee=nobody&organisation=any",
		"after=AAAA", "tab=needs-us&sort=due", "organisation=%00", "from=%31/%32/2026", "search=x&help=placement&age=week"} {
		f.Add(seed)
	}
	const viewer = "7b1c2f0e-4a3c-4f57-8a36-7d3f6f1a9f9e"
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		filter, errs, err := readFilter(values, viewer)
		if err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Errorf("readFilter(%q) = %v, want Invalid", query, err)
			}
			return
		}
		if errs.Any() {
			return
		}
		address, err := url.Parse(adminview.FilteredURL(filter))
		if err != nil {
			t.Fatalf("FilteredURL(%+v) = %v", filter, err)
		}
		again, errs, err := readFilter(address.Query(), viewer)
		if again.Sort == "" && filter.Sort != "" {
			again.Sort = filter.Sort // the usual order is left out of addresses
		}
		if err != nil || errs.Any() || again != filter {
			t.Errorf("the filter of %q is %+v, and read again %+v, %v, %v", query, filter, again, errs, err)
		}
	})
}
