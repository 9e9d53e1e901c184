package component

import "testing"

func TestNumbersOfAThousandAndMoreHaveSeparators(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12_045: "12,045", 1_000_000: "1,000,000", 987_654_321: "987,654,321", -1200: "-1,200"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}
