package main

import (
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/server"
	"ahpfaculty/web"
)

func routesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "routes",
		Short: "List every route and who may use it",
		Long: "Lists every route that the portal answers with these settings, and who may use it: everybody\n" +
			"(public), the holder of a form (returner, arriving), everybody on the way in to the staff area\n" +
			"(signed-out), or the roles it names. It needs no database.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			portal, err := unconnected()
			if err != nil {
				return err
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(table, "METHOD\tPATH\tWHO")
			for _, route := range portal.Routes() {
				fmt.Fprintf(table, "%s\t%s\t%s\n", route.Method, route.Path, route.Who)
			}
			return table.Flush()
		},
	}
}

// unconnected is a portal that has its routes and cannot answer them.
func unconnected() (*server.Server, error) {
	c, err := loadConfig()
	if err != nil {
		return nil, err
	}
	assets, err := web.LoadAssets()
	if err != nil {
		return nil, err
	}
	return server.New(server.Deps{Config: c, Log: slog.New(slog.DiscardHandler), Outbox: mail.NewOutbox(), Assets: assets, Now: time.Now})
}
