// Command gate runs the checks of the project and ends with one line that
// counts them: "N passed, N failed". The Makefile's check and test call it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

func main() {
	full := flag.Bool("full", false, "race detector, shuffled tests, fuzz targets, HTML validation and the browser tests too")
	fuzzTime := flag.Duration("fuzz", 0, "nothing but the fuzz targets, each for so long")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	g := &gate{full: *full, fuzzTime: 2 * time.Second}
	switch {
	case *fuzzTime > 0:
		g.fuzzTime = *fuzzTime
		os.Exit(g.run(ctx, []check{fuzzing}))
	case *full:
		os.Exit(g.run(ctx, checks))
	default:
		os.Exit(g.run(ctx, slices.DeleteFunc(checks, func(c check) bool { return c.full })))
	}
}

// count is what a check found: a check without parts counts as one.
type count struct{ passed, failed int }

// check is one row of the gate.
type check struct {
	name string
	full bool // only in the full gate
	run  func(context.Context, *gate) (count, error)
}

// fuzzing is a check that can be run by itself for longer.
var fuzzing = check{"fuzz targets", true, fuzz}

// checks are in the order of what fails fastest.
var checks = []check{
	{"generated views are up to date", false, generated},
	{"views are formatted", false, viewsFormatted},
	{"Go is formatted", false, goFormatted},
	{"go vet", false, vet},
	{"staticcheck", false, staticcheck},
	{"Go tests", false, goTests},
	fuzzing,
	{"browser tests", true, browserTests},
	{"HTML of every page in the tests is valid", true, validHTML},
}

// gate is what the checks share.
type gate struct {
	full        bool
	fuzzTime    time.Duration // for each fuzz target
	databaseURL string        // of the Postgres that every package's tests share
	htmlDir     string        // where tests keep the pages they got
}

// run runs checks and gives the program's exit code.
func (g *gate) run(ctx context.Context, checks []check) int {
	cleanUp, err := g.prepare(ctx)
	if err != nil {
		fmt.Println(err)
		fmt.Println("0 passed, 1 failed")
		return 1
	}
	defer cleanUp()
	var total count
	for _, one := range checks {
		found := g.report(ctx, one)
		total.passed += found.passed
		total.failed += found.failed
	}
	fmt.Printf("%d passed, %d failed\n", total.passed, total.failed)
	if total.failed > 0 {
		return 1
	}
	return 0
}

// report runs a check and says how it ended. A check that could not run has
// failed, as has one that found nothing to check.
func (g *gate) report(ctx context.Context, one check) count {
	started := time.Now()
	found, err := one.run(ctx, g)
	if err != nil {
		fmt.Printf("%s: %v\n", one.name, err)
		found.failed = max(1, found.failed)
	}
	if found.passed+found.failed == 0 {
		fmt.Printf("%s: nothing was checked\n", one.name)
		found.failed = 1
	}
	word := "ok  "
	if found.failed > 0 {
		word = "FAIL"
	}
	fmt.Printf("%s %s (%d passed, %d failed, %s)\n", word, one.name, found.passed, found.failed, time.Since(started).Round(100*time.Millisecond))
	return found
}
