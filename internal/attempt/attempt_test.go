package attempt

import (
	"net/netip"
	"testing"
	"time"
)

func TestWaitsDoubleUpToTheLongest(t *testing.T) {
	t.Parallel()
	l := Limit{Free: 5, First: time.Second, Longest: 15 * time.Minute}
	for failures, want := range map[int]time.Duration{
		0: 0, 5: 0, 6: time.Second, 7: 2 * time.Second, 8: 4 * time.Second, 15: 512 * time.Second,
		16: 15 * time.Minute, 17: 15 * time.Minute, 1_000_000_000: 15 * time.Minute,
	} {
		if got := l.Wait(failures); got != want {
			t.Errorf("Wait(%d) = %v, want %v", failures, got, want)
		}
	}
}

func TestIPv6AttemptsCountByTheirNetwork(t *testing.T) {
	t.Parallel()
	same := Network(netip.MustParseAddr("2001:db8:1:2::1")) == Network(netip.MustParseAddr("2001:db8:1:2:ffff::9"))
	other := Network(netip.MustParseAddr("2001:db8:1:2::1")) == Network(netip.MustParseAddr("2001:db8:1:3::1"))
	if !same || other {
		t.Errorf("one /64 counts as one = %v, two as one = %v, want true and false", same, other)
	}
	if got := Network(netip.MustParseAddr("::ffff:192.0.2.1")); got != "192.0.2.1" {
		t.Errorf("Network of a mapped IPv4 address = %q, want the IPv4 address", got)
	}
}
