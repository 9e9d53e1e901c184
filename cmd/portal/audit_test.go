package main

import (
	"strings"
	"testing"
	"time"
)

func TestAuditVerifySaysWhatItFound(t *testing.T) {
	t.Parallel()
	settings := []string{"PORTAL_DATA_DIR=" + dataDir(t), "PORTAL_ADDR=" + freePort(t)}
	if code, words := start(t, []string{"staff", "add", "--email", "lead@example.nhs.uk", "--name", "Ada Lead", "--role", "lead"}, settings...).end(t, time.Minute); code != 0 {
		t.Fatalf("staff add ended with %d: %s", code, words)
	}
	for _, test := range []struct {
		args []string
		code int
		want []string
	}{
		{nil, 0, []string{"0 rows are sealed under 0 seals", "2 rows wait for a seal, the oldest of 20", "Every sealed row is as it was sealed"}},
		{[]string{"--expect", "7:" + strings.Repeat("ab", 32)}, 1, []string{"seal 7 was expected, and the chain ends at seal 0", "findings: 1"}},
		{[]string{"--expect", "yesterday"}, 1, []string{"looks like 12:5f3c"}},
	} {
		code, words := start(t, append([]string{"audit", "verify"}, test.args...), settings...).end(t, time.Minute)
		if code != test.code {
			t.Errorf("audit verify %v ended with %d, want %d: %s", test.args, code, test.code, words)
		}
		for _, want := range test.want {
			if !strings.Contains(words, want) {
				t.Errorf("audit verify %v says %q, want %q in it", test.args, words, want)
			}
		}
	}
}
