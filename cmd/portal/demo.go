package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
	"ahpfaculty/internal/demo"
	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/staff"
)

// demoPool has time: a million cases are one transaction.
var demoPool = postgres.Options{MaxConns: 2, AppName: "portal demo", Setting: "DATABASE_OWNER_URL"}

func demoCommand() *cobra.Command {
	var o demo.Options
	cmd := &cobra.Command{
		Use:   "demo [--expressions N] [--seed S] [--among-real]",
		Short: "Fill the database with invented cases",
		Long: "Fills the database with invented expressions of interest of every stage and turn, with their\n" +
			"timelines, notes and mails (none is sent), and with the accounts of 12 invented members of staff.\n" +
			"Names are invented, addresses are at example.org and example.com, phone numbers are those that\n" +
			"Ofcom keeps for drama. Run again, it adds more.\n\n" +
			"The same figures on the same day and the same database make the same rows. Everything is one\n" +
			"transaction: stopped half way, it leaves nothing. From 20,000 expressions on, the indexes are made\n" +
			"once at the end, and the portal waits for it meanwhile; a million take some minutes.\n\n" +
			"Of cases that ended longer ago than the retention keeps them, only what counts need is there, ten\n" +
			"years back; the others go when their time is over, as real ones do.\n\n" +
			"It refuses in production, and in a database that holds expressions of people.",
		Example: "  portal demo\n  portal demo --expressions 1000000 --seed 7",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runDemo(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().IntVar(&o.Expressions, "expressions", 500, "how many expressions of interest to add")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "what everything is drawn from: another number, other people")
	cmd.Flags().BoolVar(&o.AmongReal, "among-real", false, "add them also where the database holds expressions of people")
	return cmd
}

func runDemo(ctx context.Context, o demo.Options, out io.Writer) error {
	c, err := loadConfig()
	if err != nil {
		return err
	}
	if c.Live() {
		return errors.New("invented cases do not belong into production: PORTAL_ENV is production")
	}
	if o.Expressions < 1 {
		return errors.New("--expressions must be 1 or more")
	}
	d, err := openDatabase(ctx, c, newLog(c), false)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := content.ImportIfEmpty(ctx, d.jobs, pack.Files); err != nil {
		return err
	}
	owner, err := postgres.Open(ctx, d.owner, demoPool)
	if err != nil {
		return err
	}
	defer owner.Close()
	began := time.Now()
	o.Now = began
	report, err := demo.Fill(ctx, owner, o)
	if errors.Is(err, demo.ErrReal) {
		return fmt.Errorf("%w: add --among-real if invented cases may stand among them, where nobody can tell them apart but by their addresses", err)
	}
	if err != nil {
		return err
	}
	printDemo(out, c, report, time.Since(began))
	return nil
}

func printDemo(out io.Writer, c config.Config, r demo.Report, took time.Duration) {
	fmt.Fprintf(out, "%d expressions of interest added in %s, %d of them open, and the counts of %d older ones.\n",
		r.Expressions, took.Round(100*time.Millisecond), r.Open, r.Erased)
	fmt.Fprintf(out, "Invented staff; none has a password. A one-time link to sign in at %s as one of them:\n", c.BaseURL)
	for _, role := range staff.Roles() {
		for _, account := range r.Staff {
			if account.Role == role {
				fmt.Fprintf(out, "  portal staff link %-40s # %s\n", account.Email, role)
				break
			}
		}
	}
}
