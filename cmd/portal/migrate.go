package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to this program's schema",
		Long: "Connects as DATABASE_OWNER_URL, applies every migration that is missing, and gives the role of\n" +
			"DATABASE_URL the rights it serves with. Safe to run twice, or from two machines at once.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withDatabase(cmd.Context(), func(*database) error {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "The database is up to date.")
				return err
			})
		},
	}
}
