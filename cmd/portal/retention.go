package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/purge"
)

func retentionCommand() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "retention [--dry-run]",
		Short: "Delete what has had its time, or count it",
		Long: "Deletes what is kept longer than the retention says, as the portal does every hour while it\n" +
			"serves, and prints how much each rule deleted. Faculty leads set the periods at /admin/retention.\n" +
			"With --dry-run it deletes nothing and prints what would be deleted now.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withDatabase(cmd.Context(), func(d *database) error {
				counts, err := (&purge.Store{DB: d.jobs, Now: time.Now}).Run(cmd.Context(), dry)
				return errors.Join(printCounts(cmd.OutOrStdout(), counts, dry), err)
			})
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "count only, and delete nothing")
	return cmd
}

func printCounts(out io.Writer, counts []purge.Count, dry bool) error {
	did := "DELETED"
	if dry {
		did = "WOULD BE DELETED"
	}
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(table, "RULE\tKEPT\tAFTER\t%s\n", did)
	for _, c := range counts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", c.Rule.Kind, c.Rule.Words(), c.Rule.Kind.Since(), c.Rows)
	}
	return table.Flush()
}
