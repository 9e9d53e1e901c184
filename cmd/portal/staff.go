package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/spf13/cobra"

	"ahpfaculty/internal/config"
	"ahpfaculty/internal/mail"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

func staffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "staff",
		Short: "Look after the accounts of the staff area",
		Long: "Roles: viewer sees counts; editor changes content; reviewer works cases; lead does all of it and\n" +
			"looks after accounts. Nobody has a password until they choose one through a one-time link.",
	}
	cmd.AddCommand(staffAddCommand(), staffLinkCommand(), staffDisableCommand(), staffResetCommand(), staffListCommand())
	return cmd
}

func staffAddCommand() *cobra.Command {
	var n staff.NewAccount
	var role string
	cmd := &cobra.Command{
		Use:     "add --email ADDRESS --name NAME --role ROLE",
		Short:   "Add an account and print its one-time sign-in link",
		Long:    "Adds an account, sends the person an invitation, and prints a one-time link that works for 72\nhours, for when mail does not arrive. Give the link to that person alone.",
		Example: "  portal staff add --email ada@example.nhs.uk --name \"Ada Okafor\" --role lead",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			n.Role = staff.Role(role)
			if faults := n.Clean().Validate(); faults.Any() {
				var lines []error
				for _, fault := range faults {
					lines = append(lines, fmt.Errorf("--%s: %s", fault.Field, fault.Message))
				}
				return errors.Join(lines...)
			}
			return withStaff(cmd.Context(), func(baseURL string, accounts *staff.Store) error {
				account, err := accounts.Add(cmd.Context(), staff.By{}, n)
				if err != nil {
					return err
				}
				token, err := accounts.MintLink(cmd.Context(), account.ID, staff.Invite)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is added as a %s. Their one-time link, for 72 hours:\n%s%s\n", account.Email, account.Role, baseURL, adminview.LinkURL(token))
				return err
			})
		},
	}
	cmd.Flags().StringVar(&n.Email, "email", "", "the person's email address")
	cmd.Flags().StringVar(&n.Name, "name", "", "the person's name")
	cmd.Flags().StringVar(&role, "role", "", "viewer, editor, reviewer or lead")
	return cmd
}

func staffLinkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "link ADDRESS",
		Short: "Print a new one-time link for somebody who cannot get in",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withStaff(cmd.Context(), func(baseURL string, accounts *staff.Store) error {
				account, err := accounts.ByEmail(cmd.Context(), args[0])
				if err != nil {
					return fmt.Errorf("no account has the address %s", args[0])
				}
				token, purpose, err := accounts.NewLink(cmd.Context(), staff.By{}, account.ID)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "A one-time link for %s, for %s:\n%s%s\n", account.Email, inHours(purpose.Lasts()), baseURL, adminview.LinkURL(token))
				return err
			})
		},
	}
}

func staffDisableCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "disable ADDRESS",
		Short: "Close an account; whoever is signed in with it is out at their next click",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withStaff(cmd.Context(), func(_ string, accounts *staff.Store) error {
				account, err := accounts.ByEmail(cmd.Context(), args[0])
				if err != nil {
					return fmt.Errorf("no account has the address %s", args[0])
				}
				if err := accounts.Disable(cmd.Context(), staff.By{}, account.ID); err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "The account of %s is closed.\n", account.Email)
				return err
			})
		},
	}
}

func staffResetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reset-second-factor ADDRESS",
		Short: "Take somebody's second factor away, who lost their phone and their recovery codes",
		Long: "Takes the app for codes, the passkeys and the recovery codes of an account away, ends its sessions and\n" +
			"tells its owner by mail. They set up a new second factor when they next sign in with their password.\n" +
			"Make sure first that it is them who asks.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withStaff(cmd.Context(), func(_ string, accounts *staff.Store) error {
				account, err := accounts.ByEmail(cmd.Context(), args[0])
				if err != nil {
					return fmt.Errorf("no account has the address %s", args[0])
				}
				if err := accounts.ResetSecondFactor(cmd.Context(), staff.By{}, account.ID); err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "The second factor of %s is reset.\n", account.Email)
				return err
			})
		},
	}
}

func staffListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List every account",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withStaff(cmd.Context(), func(_ string, accounts *staff.Store) error {
				list, err := accounts.List(cmd.Context())
				if err != nil {
					return err
				}
				table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
				fmt.Fprintln(table, "EMAIL\tNAME\tROLE\tSTATE\tSECOND FACTOR\tLAST SIGNED IN")
				for _, account := range list {
					fmt.Fprintln(table, strings.Join([]string{account.Email, account.Name, string(account.Role), adminview.AccountState(account), secondFactor(account), lastSignedIn(account)}, "\t"))
				}
				return table.Flush()
			})
		},
	}
}

// secondFactor says what an account's second factor is, and how many codes are
// left for when it is lost.
func secondFactor(account staff.Account) string {
	text := adminview.SecondFactor(account)
	switch {
	case !account.HasSecondFactor():
		return text
	case account.RecoveryLeft == 0:
		return text + "; no recovery codes"
	case account.RecoveryLeft == 1:
		return text + "; 1 recovery code"
	default:
		return fmt.Sprintf("%s; %d recovery codes", text, account.RecoveryLeft)
	}
}

func lastSignedIn(account staff.Account) string {
	if account.LastSignedInAt == nil {
		return "never"
	}
	return account.LastSignedInAt.UTC().Format("2006-01-02 15:04Z")
}

func inHours(d time.Duration) string {
	if d == time.Hour {
		return "1 hour"
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}

// withStaff runs one command's work on the accounts.
func withStaff(ctx context.Context, work func(baseURL string, accounts *staff.Store) error) error {
	return withDatabase(ctx, func(d *database) error {
		return work(d.config.BaseURL, newStaffStore(d.config, d.jobs))
	})
}

// newStaffStore is the accounts' store of one pool.
func newStaffStore(c config.Config, pool *pgxpool.Pool) *staff.Store {
	ways := staff.Ways{Issuer: c.OIDC.Issuer, LocalOff: c.LocalSignInOff}
	return &staff.Store{DB: pool, Outbox: mail.NewOutbox(), Ways: ways, Now: time.Now}
}
