package main

import (
	"testing"

	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

func TestTheListOfStaffSaysHowEachShowsWhoTheyAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		account      staff.Account
		state, shown string
	}{
		{staff.Account{}, "Invited", "Not set up"},
		{staff.Account{HasPassword: true}, "Active", "Not set up"},
		{staff.Account{HasPassword: true, HasApp: true, RecoveryLeft: 10}, "Active", "App for codes; 10 recovery codes"},
		{staff.Account{HasPassword: true, Passkeys: 1, RecoveryLeft: 1}, "Active", "1 passkey; 1 recovery code"},
		{staff.Account{HasIdentity: true}, "Active", "Single sign-on"},
		{staff.Account{HasPassword: true, HasApp: true, Passkeys: 2, HasIdentity: true}, "Active", "App for codes, 2 passkeys, single sign-on; no recovery codes"},
	} {
		if got := adminview.AccountState(c.account); got != c.state {
			t.Errorf("AccountState(%+v) = %q, want %q", c.account, got, c.state)
		}
		if got := secondFactor(c.account); got != c.shown {
			t.Errorf("secondFactor(%+v) = %q, want %q", c.account, got, c.shown)
		}
	}
}
