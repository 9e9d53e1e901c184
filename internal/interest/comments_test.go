package interest_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ahpfaculty/internal/postgres/postgrestest"
)

// personal is how a column with personal data says why it is there.
var personal = regexp.MustCompile(`^personal: [^;]+; class: (contact|identity|professional|free text|credential|technical)(, (contact|identity|professional|free text|credential|technical))*; kept: [^;]+$`)

// impersonal are column names that hold personal data nowhere. Every other
// column must have a comment: one that begins with "personal:", or one that
// says what it holds instead.
var impersonal = regexp.MustCompile(`^(id|at|.*_at|slug|kind|stage|.*_stage|stage_since|position|version|.*_version|state|attempts|turn|outcome|action|actor_kind|request_id|subject_kind|role|purpose|epoch|failures|blocked_until|hold_until)$`)

// content are the tables of what the faculty publishes: nothing in them is
// about a returner or a member of staff.
var content = regexp.MustCompile(`^(profession|faculty|strategy|organisation|page|search|theme|objective|commitment|metric|goal|council|group|content)`)

func TestEveryTableSaysWhatItIsForAndEveryPersonalColumnWhy(t *testing.T) {
	t.Parallel()
	rows, err := postgrestest.Tx(t).Query(context.Background(), `
		select c.relname as table, coalesce(obj_description(c.oid), '') as table_comment,
			a.attname as column, coalesce(col_description(c.oid, a.attnum), '') as comment,
			exists (select from pg_constraint k where k.conrelid = c.oid and k.contype in ('f', 'p') and a.attnum = any (k.conkey)) as is_key
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
			and a.attnum > 0 and not a.attisdropped
			and c.relname <> 'session' and c.relname !~ '^(goose|river)_'
		order by c.relname, a.attnum`)
	if err != nil {
		t.Fatalf("reading the comments: %v", err)
	}
	type column struct {
		Table, TableComment, Column, Comment string
		IsKey                                bool
	}
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByName[column])
	if err != nil || len(columns) == 0 {
		t.Fatalf("reading the comments: %d columns, %v", len(columns), err)
	}
	for _, c := range columns {
		if c.TableComment == "" {
			t.Errorf("table %s does not say what it is for", c.Table)
		}
		if strings.HasPrefix(c.Comment, "personal") && !personal.MatchString(c.Comment) {
			t.Errorf("%s.%s: %q, want \"personal: <purpose>; class: <class>; kept: <how long>\"", c.Table, c.Column, c.Comment)
		}
		if c.Comment == "" && !c.IsKey && !impersonal.MatchString(c.Column) && !content.MatchString(c.Table) {
			t.Errorf("%s.%s has no comment: say \"personal: …\", or what it holds", c.Table, c.Column)
		}
	}
}
