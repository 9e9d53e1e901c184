// Command portal is the AHP Faculty portal: one program that serves, migrates
// and looks after its content and its staff accounts.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the build.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "portal: %v\n", err)
		os.Exit(1)
	}
}

// root is the tree of commands.
func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "portal",
		Short: "The AHP Faculty portal",
		Long: "The AHP Faculty portal: the 14 allied health professions, careers, action groups and the\n" +
			"workforce strategy for everybody; return to practice for returners; case work for the faculty.\n\n" +
			"Settings are environment variables: docs/running.md lists them. With none set, the portal\n" +
			"runs in development with a Postgres of its own in the folder .data.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.CompletionOptions.HiddenDefaultCmd = true
	cmd.AddCommand(serveCommand(), migrateCommand(), staffCommand(), contentCommand(), retentionCommand(), auditCommand(), importCommand(), demoCommand(), routesCommand(), versionCommand())
	return cmd
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print which build this is",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "portal", version)
			return err
		},
	}
}
