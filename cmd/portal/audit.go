package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/audit"
)

func auditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Look after the record of who did what"}
	cmd.AddCommand(auditVerifyCommand())
	return cmd
}

func auditVerifyCommand() *cobra.Command {
	var expected string
	cmd := &cobra.Command{
		Use:   "verify [--expect SEQUENCE:HASH]",
		Short: "Find rows of the audit that were changed, removed or inserted",
		Long: "Reads the whole audit with its seals and prints each sealed row that was changed, removed or\n" +
			"inserted, how many rows wait for a seal, and the head of the chain. It ends with status 1 when\n" +
			"it finds anything. Write the head down elsewhere and give it to a later run with --expect:\n" +
			"only so can it find a chain that was cut off or made anew as a whole.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var expect audit.Head
			if expected != "" {
				var err error
				if expect, err = audit.ParseHead(expected); err != nil {
					return err
				}
			}
			return withDatabase(cmd.Context(), func(d *database) error {
				out := cmd.OutOrStdout()
				report, err := audit.Verify(cmd.Context(), d.jobs, expect, func(f audit.Finding) { fmt.Fprintln(out, f) })
				if err != nil {
					return err
				}
				return printReport(out, report)
			})
		},
	}
	cmd.Flags().StringVar(&expected, "expect", "", "the head that an earlier run printed")
	return cmd
}

func printReport(out io.Writer, r audit.Report) error {
	fmt.Fprintf(out, "%d rows are sealed under %d seals", r.Rows, r.Seals)
	if r.Seals > 0 {
		fmt.Fprintf(out, ", the last of %s", r.SealedAt.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	fmt.Fprintln(out)
	if r.Emptied > 0 {
		fmt.Fprintf(out, "%d seals are empty: their rows had had their time\n", r.Emptied)
	}
	fmt.Fprintf(out, "%d rows wait for a seal", r.Unsealed)
	if r.Oldest != nil {
		fmt.Fprintf(out, ", the oldest of %s", r.Oldest.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	fmt.Fprintln(out)
	if r.Seals > 0 {
		fmt.Fprintf(out, "Head: %s\n", r.Head)
	}
	if r.Findings > 0 {
		return fmt.Errorf("the audit is not as it was sealed (findings: %d)", r.Findings)
	}
	fmt.Fprintln(out, "Every sealed row is as it was sealed")
	return nil
}
