package main

import (
	"os"
	"slices"
	"testing"
)

func TestEveryReaderOfInputIsFuzzedFromACorpus(t *testing.T) {
	t.Chdir("../..")
	targets, err := fuzzTargets()
	if err != nil {
		t.Fatalf("fuzzTargets() = %v", err)
	}
	var names []string
	for _, target := range targets {
		names = append(names, target.name)
		if kept, err := os.ReadDir(target.corpus()); err != nil || len(kept) < 5 {
			t.Errorf("%s holds %d inputs (%v), want 5 and more", target.corpus(), len(kept), err)
		}
	}
	for _, want := range []string{
		"FuzzReadForm", "FuzzToken", "FuzzMarkdown", "FuzzName", "FuzzEmail", "FuzzPhone", "FuzzPostcode", "FuzzRegisterNumber", "FuzzDate",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("the fuzz targets are %q, want %s among them", names, want)
		}
	}
}

func TestOnlyTheEndOfTheTimeIsForgiven(t *testing.T) {
	t.Parallel()
	const started = "fuzz: elapsed: 0s, gathering baseline coverage: 0/12 completed\n"
	for out, want := range map[string]bool{
		started + "--- FAIL: FuzzName (2.03s)\n    context deadline exceeded\nFAIL\n": true,
		started + "PASS\n": false,
		started + "--- FAIL: FuzzName (0.01s)\n    --- FAIL: FuzzName (0.00s)\n        fuzz_test.go:43: clean\n\n    Failing input written to testdata/fuzz/FuzzName/a\nFAIL\n":            false,
		started + "--- FAIL: FuzzName (2.03s)\n    context deadline exceeded\n    Failing input written to testdata/fuzz/FuzzName/a\nFAIL\n":                                               false,
		started + "--- FAIL: FuzzName (2.03s)\n    fuzzing process hung or terminated unexpectedly while minimizing: exit status 2\nFAIL\n":                                                false,
		started + "--- FAIL: FuzzName (2.03s)\n    fuzz_test.go:30: a store: context deadline exceeded\nFAIL\n":                                                                            false,
		started + "--- FAIL: FuzzName (0.03s)\n    failure while testing seed corpus entry: FuzzName/line-ends\n    --- FAIL: FuzzName (0.00s)\n        context deadline exceeded\nFAIL\n": false,
	} {
		if got := outOfTime(out); got != want {
			t.Errorf("outOfTime(%q) = %v, want %v", out, got, want)
		}
	}
}
