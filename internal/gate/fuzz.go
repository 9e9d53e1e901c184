package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// fuzzFound is the folder in which fuzz targets keep what they find, to try it
// first the next time.
const fuzzFound = ".cache/fuzz"

// fuzzTarget is a function that go test -fuzz makes up input for.
type fuzzTarget struct {
	folder string // "internal/interest"
	name   string // "FuzzName"
}

// corpus is where the input is that everybody tries; what a target fails with
// is put there too.
func (f fuzzTarget) corpus() string { return filepath.Join(f.folder, "testdata", "fuzz", f.name) }

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)

// fuzzTargets are all that the code has, a package's beside each other.
func fuzzTargets() ([]fuzzTarget, error) {
	var found []fuzzTarget
	err := filepath.WalkDir("internal", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, match := range fuzzFunction.FindAllSubmatch(source, -1) {
			found = append(found, fuzzTarget{folder: filepath.Dir(path), name: string(match[1])})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for fuzz targets: %w", err)
	}
	return found, nil
}

// fuzz makes up input for every target for a while, after what its corpus and
// fuzzFound hold.
func fuzz(ctx context.Context, g *gate) (count, error) {
	targets, err := fuzzTargets()
	if err != nil {
		return count{}, err
	}
	built, err := os.MkdirTemp("", "portal-fuzz-")
	if err != nil {
		return count{}, err
	}
	defer os.RemoveAll(built)
	var found count
	for _, target := range targets {
		if err := fuzzOne(ctx, g, target, built); err != nil {
			fmt.Printf("FAIL %s in %s\n%v\n", target.name, target.folder, err)
			found.failed++
			continue
		}
		found.passed++
	}
	return found, nil
}

// fuzzOne makes up input for a target. Its error says what the target did, and
// in which file of its corpus the input is that it failed with.
func fuzzOne(ctx context.Context, g *gate, target fuzzTarget, built string) error {
	kept, err := os.ReadDir(target.corpus())
	if err != nil || len(kept) == 0 {
		return errors.Join(fmt.Errorf("%s holds no input: keep some of what the target found", target.corpus()), err)
	}
	program, err := buildFuzz(ctx, target.folder, built)
	if err != nil {
		return err
	}
	found, err := filepath.Abs(filepath.Join(fuzzFound, target.folder))
	if err != nil {
		return err
	}
	// Two workers are for the two processors that every machine of ours has.
	cmd := exec.CommandContext(ctx, program, "-test.run=^$", "-test.fuzz=^"+target.name+"$", "-test.fuzztime="+g.fuzzTime.String(),
		"-test.parallel=2", "-test.fuzzcachedir="+found)
	cmd.Dir, cmd.Env = target.folder, g.env()
	out, err := cmd.CombinedOutput()
	if err != nil && !outOfTime(string(out)) {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// buildFuzz builds a package's tests for fuzzing, once for all its targets:
// go test -fuzz would do so for each.
func buildFuzz(ctx context.Context, folder, built string) (string, error) {
	program := filepath.Join(built, filepath.Base(folder)) // packages have names of their own
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	_, err := command(ctx, "go", "test", "-c", "-fuzz=.", "-o", program, "./"+filepath.ToSlash(folder))
	return program, err
}

var deadline = regexp.MustCompile(`(?m)^--- FAIL: .*\n +context deadline exceeded\n`)

// outOfTime reports whether nothing failed but the end of the time, which until
// Go 1.27 a target may fail by, without an input that it failed with.
// See https://go.dev/issue/75804.
func outOfTime(out string) bool {
	return deadline.MatchString(out) && !strings.Contains(out, "Failing input") && !strings.Contains(out, "panic")
}
