package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// command runs a program and gives its output; its error carries the output.
func command(ctx context.Context, name string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// whole turns a check that is right or wrong as a whole into its count.
func whole(err error) (count, error) {
	if err != nil {
		return count{failed: 1}, err
	}
	return count{passed: 1}, nil
}

// generated regenerates the views and compares them with what was there.
func generated(ctx context.Context, _ *gate) (count, error) {
	before, err := views()
	if err != nil {
		return count{}, err
	}
	if _, err := command(ctx, "go", "tool", "templ", "generate"); err != nil {
		return whole(err)
	}
	after, err := views()
	if err != nil {
		return count{}, err
	}
	var stale []error
	for path, content := range after {
		if !bytes.Equal(before[path], content) {
			stale = append(stale, fmt.Errorf("%s was not what its view generates: commit it as it is now", path))
		}
	}
	for path := range before {
		if _, ok := after[path]; !ok {
			stale = append(stale, fmt.Errorf("%s has no view any more: delete it", path))
		}
	}
	return whole(errors.Join(stale...))
}

// views reads every generated view under web.
func views() (map[string][]byte, error) {
	found := map[string][]byte{}
	err := filepath.WalkDir("web", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		if _, err := os.Stat(strings.TrimSuffix(path, "_templ.go") + ".templ"); err != nil {
			return fmt.Errorf("%s has no view: delete it", path)
		}
		found[path], err = os.ReadFile(path)
		return err
	})
	return found, err
}

func viewsFormatted(ctx context.Context, _ *gate) (count, error) {
	folders, err := viewFolders()
	if err == nil {
		_, err = command(ctx, "go", append([]string{"tool", "templ", "fmt", "-fail"}, folders...)...)
	}
	return whole(err)
}

func goFormatted(ctx context.Context, _ *gate) (count, error) {
	folders, err := viewFolders()
	if err != nil {
		return whole(err)
	}
	out, err := command(ctx, "gofmt", append([]string{"-l", "cmd", "internal", "migrations", "web/static.go"}, folders...)...)
	if err == nil && out != "" {
		err = fmt.Errorf("run make fmt for:\n%s", out)
	}
	return whole(err)
}

// viewFolders are the folders that hold views.
func viewFolders() ([]string, error) {
	found, err := filepath.Glob("web/*/*.templ")
	if err != nil {
		return nil, fmt.Errorf("looking for views: %w", err)
	}
	for i, path := range found {
		found[i] = filepath.Dir(path)
	}
	return slices.Compact(found), nil
}

func vet(ctx context.Context, _ *gate) (count, error) {
	_, err := command(ctx, "go", "vet", "./...")
	return whole(err)
}

func staticcheck(ctx context.Context, _ *gate) (count, error) {
	_, err := command(ctx, "go", "tool", "staticcheck", "./...")
	return whole(err)
}
