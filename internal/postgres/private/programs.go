package private

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
)

// oldest is the oldest major version of Postgres that the portal runs on.
const oldest = 15

// programs are the server programs of one installed version.
type programs struct {
	initdb   string
	postgres string
	major    int
}

// usualFolders are where Debian and Homebrew keep the server programs.
var usualFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/usr/pgsql-*/bin",
}

// findPrograms looks into the folder of the settings alone, or on PATH and in
// the usual folders, where the wanted major version wins, then the newest.
func findPrograms(ctx context.Context, binDir string, wanted int) (programs, error) {
	if binDir != "" {
		found, err := programsIn(ctx, binDir)
		if err != nil {
			return programs{}, fmt.Errorf("PORTAL_PG_BIN is %s, which has no PostgreSQL %d or later server programs (initdb and postgres): set it to a folder that has, or leave it out", binDir, oldest)
		}
		return found, nil
	}
	var folders []string
	if path, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, pattern := range usualFolders {
		matches, _ := filepath.Glob(pattern)
		folders = append(folders, matches...)
	}
	var installed []programs
	for _, folder := range folders {
		if found, err := programsIn(ctx, folder); err == nil {
			installed = append(installed, found)
		}
	}
	if len(installed) == 0 {
		return programs{}, fmt.Errorf("the portal needs PostgreSQL's server programs, %d or later, and found none: %s, or set PORTAL_PG_BIN to their folder, or DATABASE_URL to a server that runs", oldest, howToInstall())
	}
	if i := slices.IndexFunc(installed, func(p programs) bool { return p.major == wanted }); i >= 0 {
		return installed[i], nil
	}
	return slices.MaxFunc(installed, func(a, b programs) int { return a.major - b.major }), nil
}

func howToInstall() string {
	if runtime.GOOS == "darwin" {
		return "run brew install postgresql@17"
	}
	return "run apt-get install postgresql"
}

var majorVersion = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func programsIn(ctx context.Context, folder string) (programs, error) {
	p := programs{initdb: filepath.Join(folder, "initdb"), postgres: filepath.Join(folder, "postgres")}
	if _, err := os.Stat(p.initdb); err != nil {
		return programs{}, err
	}
	out, err := exec.CommandContext(ctx, p.postgres, "--version").Output()
	if err != nil {
		return programs{}, err
	}
	match := majorVersion.FindSubmatch(out)
	if match == nil {
		return programs{}, fmt.Errorf("%s does not tell its version", p.postgres)
	}
	p.major, err = strconv.Atoi(string(match[1]))
	if err == nil && p.major < oldest {
		err = fmt.Errorf("%s is version %d", p.postgres, p.major)
	}
	return p, err
}
