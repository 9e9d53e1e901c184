package bench_test

import (
	"os"
	"strconv"
	"strings"
)

// load is the machine's, which other programs may share.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}

// processors is what the processors did, in ticks of Linux by kind: user, nice,
// system, idle, waiting for disks, interrupts, soft ones, taken by the host.
type processors [8]float64

// ticks are what they did since the machine began; all zero on another system.
func ticks() (p processors) {
	text, _ := os.ReadFile("/proc/stat")
	for i, field := range strings.Fields(string(text)) {
		if i > 0 && i <= len(p) {
			p[i-1], _ = strconv.ParseFloat(field, 64)
		}
	}
	return p
}

func (p processors) since(before processors) processors {
	for i := range p {
		p[i] -= before[i]
	}
	return p
}

// stolen is the share of the time, in percent, in which the host of a virtual
// machine had something else to do.
func (p processors) stolen() float64 {
	all := 0.0
	for _, n := range p {
		all += n
	}
	return 100 * p[7] / max(all, 1)
}
