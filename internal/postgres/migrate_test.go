package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"ahpfaculty/internal/postgres"
	"ahpfaculty/internal/postgres/postgrestest"
	"ahpfaculty/internal/postgres/private"
)

func TestMigrateTwiceAtOnceChangesNothing(t *testing.T) {
	t.Parallel()
	server, pool := postgrestest.NewServer(t)
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for range 3 {
		wait.Go(func() {
			<-begin
			if err := postgres.Migrate(context.Background(), server.OwnerURL(), "portal"); err != nil {
				t.Errorf("Migrate again = %v", err)
			}
		})
	}
	close(begin)
	wait.Wait()
	pending, err := postgres.Pending(t.Context(), pool)
	if err != nil || pending {
		t.Errorf("Pending = %v, %v, want none", pending, err)
	}
}

func TestTheServingRoleOwnsNothingAndOnlyAddsToTheAudit(t *testing.T) {
	t.Parallel()
	pool := postgrestest.NewDatabase(t)
	if err := postgres.RefuseOwner(t.Context(), pool); err != nil {
		t.Errorf("RefuseOwner(serving role) = %v", err)
	}
	if err := postgres.RefuseOwner(t.Context(), postgrestest.Owner(t, pool)); err == nil {
		t.Error("RefuseOwner(owner) = nil, want an error")
	}
	for _, refused := range []string{`update audit_event set action = 'x'`, `delete from audit_event`, `truncate audit_event`,
		`drop table audit_event`, `insert into audit_event (actor_kind, action, outcome, at) values ('system', 'x', 'done', '2020-01-01')`,
		`insert into audit_event (actor_kind, action, outcome, xid) values ('system', 'x', 'done', '1')`, `delete from audit_seal`,
		`insert into audit_seal (sequence) values (1)`, `select begin_audit_era()`, `delete from goose_db_version`, `create table mine (n int)`} {
		if _, err := pool.Exec(t.Context(), refused); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s = %v, want permission denied", refused, err)
		}
	}
	if _, err := pool.Exec(t.Context(), `insert into audit_event (actor_kind, actor_id, action, subject_kind, subject_id, outcome, request_id) values ('system','','test.run','','','done','')`); err != nil {
		t.Errorf("adding to the audit: %v", err)
	}
}

func TestMigrateOnAnEmptyDatabaseAtOnceMakesOneSchema(t *testing.T) {
	t.Parallel()
	server, super := newSuper(t)
	mustExec(t, super, `create database empty owner portal_owner`)
	owner := inDatabase(t, server.OwnerURL(), "empty")
	pending, err := postgres.Pending(t.Context(), owner)
	if err != nil || !pending {
		t.Errorf("Pending(never migrated) = %v, %v, want true", pending, err)
	}
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for range 3 {
		wait.Go(func() {
			<-begin
			if err := postgres.Migrate(context.Background(), owner.Config().ConnString(), "portal"); err != nil {
				t.Errorf("Migrate = %v", err)
			}
		})
	}
	close(begin)
	wait.Wait()
	serving := inDatabase(t, server.ServingURL(), "empty")
	if pending, err := postgres.Pending(t.Context(), serving); err != nil || pending {
		t.Errorf("Pending(migrated) = %v, %v, want none", pending, err)
	}
	mustExec(t, serving, `insert into river_queue (name, created_at, updated_at) values ('q', now(), now())`)
}

func TestMigrateServesItsOwnerAndNamesARoleThatIsNotThere(t *testing.T) {
	t.Parallel()
	server, super := newSuper(t)
	mustExec(t, super, `create database alone owner portal_owner`)
	url := inDatabase(t, server.OwnerURL(), "alone").Config().ConnString()
	if err := postgres.Migrate(t.Context(), url, "portal_owner"); err != nil {
		t.Errorf("Migrate(the owner serves) = %v", err)
	}
	if err := postgres.Migrate(t.Context(), url, "nobody here"); err == nil || !strings.Contains(err.Error(), `create role "nobody here" login`) {
		t.Errorf("Migrate(no such role) = %v, want it to say how to make the role", err)
	}
	err := postgres.Migrate(t.Context(), "postgres://u:hunter2@127.0.0.1:1/d", "portal")
	if err == nil || !strings.Contains(err.Error(), "DATABASE_OWNER_URL") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Migrate(no server) = %v, want an error that names the setting and no password", err)
	}
}

func TestAMemberOfTheOwnerMayNotServe(t *testing.T) {
	t.Parallel()
	server, super := newSuper(t)
	mustExec(t, super, `create role helper login in role portal_owner`)
	config := super.Config()
	config.ConnConfig.User, config.ConnConfig.Database = "helper", "portal"
	helper, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(helper.Close)
	if err := postgres.RefuseOwner(t.Context(), helper); err == nil {
		t.Error("RefuseOwner(a member of the owner) = nil, want an error")
	}
	if err := postgres.RefuseOwner(t.Context(), inDatabase(t, server.ServingURL(), "portal")); err != nil {
		t.Errorf("RefuseOwner(serving role) = %v", err)
	}
}

// newSuper is a server of the test's own, and its superuser's pool.
func newSuper(t *testing.T) (*private.Server, *pgxpool.Pool) {
	t.Helper()
	server, _ := postgrestest.NewServer(t)
	return server, inDatabase(t, server.SuperuserURL(), "postgres")
}

// inDatabase is a pool of a URL's role in another database.
func inDatabase(t *testing.T, url, name string) *pgxpool.Pool {
	t.Helper()
	before, query, _ := strings.Cut(url, "?")
	pool, err := postgres.Open(t.Context(), before[:strings.LastIndex(before, "/")+1]+name+"?"+query, postgres.Options{MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func mustExec(t *testing.T, db postgres.DB, sql string) {
	t.Helper()
	if _, err := db.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
