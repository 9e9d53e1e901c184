package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/fault"
	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/sheet"
	"ahpfaculty/internal/staff"
)

// importing is what somebody wants imported, and how.
type importing struct {
	file   string
	fields []string // each a heading, = and the key of a field
	by     string   // an email address; "" for nobody in particular
	dry    bool
}

func importCommand() *cobra.Command {
	var o importing
	cmd := &cobra.Command{
		Use:   "import FILE [--map HEADING=FIELD ...] [--dry-run] [--by EMAIL]",
		Short: "Bring cases in from a spreadsheet",
		Long: "Imports expressions of interest from a CSV or XLSX file, as /admin/expressions/import does: it\n" +
			"prints what each column is taken for and what is wrong or to be looked at in each row, and then\n" +
			"imports the rows that are right, all or none. Nobody is written to. The same file is imported once.\n\n" +
			"With --dry-run it imports nothing. --map says what a column is; an empty field leaves it out.\n\n" +
			"The fields:\n" + fieldList(),
		Example: "  portal import forms.xlsx --dry-run\n  portal import forms.csv --map \"Date of call=received\" --map Fax= --by ada@example.nhs.uk",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.file = args[0]
			return withDatabase(cmd.Context(), func(d *database) error { return runImport(cmd.Context(), d, o, cmd.OutOrStdout()) })
		},
	}
	cmd.Flags().StringArrayVar(&o.fields, "map", nil, "what a column is: its heading and a field")
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "look at the file, and import nothing")
	cmd.Flags().StringVar(&o.by, "by", "", "the account of the lead who imports it, by its email address")
	return cmd
}

func fieldList() string {
	var lines []string
	for _, f := range intake.Fields() {
		lines = append(lines, fmt.Sprintf("  %-20s %s", f.Key, f.Label))
	}
	return strings.Join(lines, "\n")
}

func runImport(ctx context.Context, d *database, o importing, out io.Writer) error {
	by, err := importer(ctx, d, o.by)
	if err != nil {
		return err
	}
	file, err := readImport(o.file)
	if err != nil {
		return err
	}
	if _, err := content.ImportIfEmpty(ctx, d.jobs, pack.Files); err != nil {
		return err
	}
	store := &intake.Store{DB: d.jobs, Now: time.Now, Random: rand.Reader}
	i, err := store.Upload(ctx, by, filepath.Base(o.file), file)
	if err != nil {
		return uploadError(err)
	}
	imported, err := importFile(ctx, store, by, i, o, out)
	if imported {
		return err
	}
	return errors.Join(err, store.Discard(context.WithoutCancel(ctx), by, i.ID))
}

// importer is on whose behalf a file is imported: a lead, or the program.
func importer(ctx context.Context, d *database, email string) (interest.By, error) {
	if email == "" {
		return interest.By{}, nil
	}
	account, err := (&staff.Store{DB: d.jobs, Now: time.Now}).ByEmail(ctx, email)
	if errors.Is(err, fault.NotFound) || err == nil && (account.Disabled() || !account.Role.May(staff.ExportAll)) {
		return interest.By{}, fmt.Errorf("--by: no faculty lead has the email address %s", email)
	}
	return interest.By{StaffID: account.ID}, err
}

// readImport reads a file of the size that can be imported.
func readImport(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, intake.MaxFile+1))
}

// uploadError says what is wrong with a file in words.
func uploadError(err error) error {
	var broken *sheet.UnreadableError
	var same *intake.SameFileError
	switch {
	case errors.As(err, &broken):
		return errors.New(broken.Words)
	case errors.As(err, &same):
		return fmt.Errorf("this file was imported on %s, as %s", interest.DayOf(same.At).Words(), same.Name)
	case errors.Is(err, fault.TooLarge):
		return errors.New("the file is larger than 20 MB: split it into several files")
	}
	return err
}

// importFile looks at a file that was uploaded and, unless the run is dry,
// imports it; it says whether it did.
func importFile(ctx context.Context, store *intake.Store, by interest.By, i intake.Intake, o importing, out io.Writer) (bool, error) {
	if err := remap(&i, o.fields); err != nil {
		return false, err
	}
	printMapping(out, i)
	if none := i.Missing(); len(none) > 0 {
		return false, fmt.Errorf("no column is: %s\nSay which are with --map HEADING=FIELD", strings.Join(none, "; "))
	}
	if twice := intake.Doubled(i.Mapping); len(twice) > 0 {
		return false, fmt.Errorf("several columns are: %s\nLeave the others out with --map HEADING=", strings.Join(twice, "; "))
	}
	err := store.Map(ctx, by, i.ID, i.Mapping)
	if err == nil {
		err = store.Check(ctx, i.ID)
	}
	if err == nil {
		i, err = ended(ctx, store, i.ID)
	}
	if err != nil {
		return false, err
	}
	if err := printFindings(ctx, out, store, i); err != nil || o.dry {
		return false, err
	}
	if i.Right == 0 {
		return false, errors.New("nothing was imported: no row is right")
	}
	if err := store.Import(ctx, by, i.ID, i.Version); err != nil {
		return false, err
	}
	for err = store.Run(ctx, i.ID); errors.Is(err, intake.ErrBusy); err = store.Run(ctx, i.ID) {
		if err := rest(ctx, importBusy); err != nil {
			return true, fmt.Errorf("the import goes on in the portal that serves: %w", err)
		}
	}
	if err == nil {
		i, err = ended(ctx, store, i.ID)
	}
	if err != nil {
		return false, err
	}
	_, err = fmt.Fprintf(out, "Imported %d of %d rows.\n", i.Right, i.Rows)
	return true, err
}

// importBusy is how often the program asks whether a portal that serves, which
// was faster, has made the import.
const importBusy = 2 * time.Second

// rest waits, unless the program is to end.
func rest(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// ended gives an import whose step was made, here or by a portal that serves;
// an error where it could not be.
func ended(ctx context.Context, store *intake.Store, id string) (intake.Intake, error) {
	i, err := store.Get(ctx, id)
	if err == nil && i.State == intake.Failed {
		err = errors.New(i.Trouble)
	}
	return i, err
}

// remap changes what columns are taken for.
func remap(i *intake.Intake, fields []string) error {
	for _, one := range fields {
		at := strings.LastIndexByte(one, '=')
		if at < 0 {
			return fmt.Errorf("--map: %q is no HEADING=FIELD", one)
		}
		heading, key := one[:at], one[at+1:]
		column := slices.Index(i.Headings, heading)
		if column < 0 {
			return fmt.Errorf("--map: no column has the heading %q", heading)
		}
		if key != "" && !slices.ContainsFunc(intake.Fields(), func(f intake.Field) bool { return f.Key == key }) {
			return fmt.Errorf("--map: there is no field %q; portal import --help lists them", key)
		}
		for other, was := range i.Mapping {
			if was == key && !many(key) {
				i.Mapping[other] = ""
			}
		}
		i.Mapping[column] = key
	}
	return nil
}

func many(key string) bool {
	return slices.ContainsFunc(intake.Fields(), func(f intake.Field) bool { return f.Key == key && f.Many })
}

func printMapping(out io.Writer, i intake.Intake) {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "COLUMN\tIS\tFIELD")
	labels := map[string]string{"": "left out"}
	for _, f := range intake.Fields() {
		labels[f.Key] = f.Label
	}
	for column, heading := range i.Headings {
		fmt.Fprintf(table, "%s\t%s\t%s\n", heading, labels[i.Mapping[column]], i.Mapping[column])
	}
	_ = table.Flush()
}

func printFindings(ctx context.Context, out io.Writer, store *intake.Store, i intake.Intake) error {
	found, err := store.AllProblems(ctx, i.ID)
	if err != nil {
		return err
	}
	for _, f := range found {
		for _, p := range f.Problems {
			fmt.Fprintf(out, "row %d is not imported: %s\n", f.Row, sentence(p))
		}
		for _, r := range f.Remarks {
			fmt.Fprintf(out, "row %d: %s\n", f.Row, sentence(r))
		}
	}
	_, err = fmt.Fprintf(out, "%d rows: %d right, %d wrong. Right with something to look at: %d.\n", i.Rows, i.Right, i.Wrong, i.Remarks)
	return err
}

func sentence(r intake.Remark) string {
	if r.Column == "" {
		return r.Words
	}
	return r.Column + ": " + r.Words
}
