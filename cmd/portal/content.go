package main

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/content"
	"ahpfaculty/internal/content/pack"
)

func contentCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "content",
		Short: "Bring content in from files, or write it out as files",
		Long: "Content is Markdown and YAML files while it travels, and rows in Postgres while it is served.\n" +
			"Export, change, review in git, import: the portal shows the new text at once.",
	}
	cmd.AddCommand(contentImportCommand(), contentExportCommand())
	return cmd
}

func contentImportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import [FOLDER]",
		Short: "Replace all content by the files of a folder, or by the default content",
		Long: "Reads every file first and reports each fault with its file and line; only when all are\n" +
			"right does it replace the content, in one transaction.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var files fs.FS = pack.Files
			if len(args) == 1 {
				files = os.DirFS(args[0])
			}
			return withDatabase(cmd.Context(), func(d *database) error {
				if err := content.Import(cmd.Context(), d.jobs, files); err != nil {
					return err
				}
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "Content imported.")
				return err
			})
		},
	}
}

func contentExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export FOLDER",
		Short: "Write all content into a folder as files that import reads",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withDatabase(cmd.Context(), func(d *database) error {
				if err := content.Export(cmd.Context(), d.jobs, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "Content written to %s.\n", args[0])
				return err
			})
		},
	}
}
