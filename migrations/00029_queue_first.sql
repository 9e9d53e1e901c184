-- +goose Up

-- Every order of the queue is filtered from an index alone. A row of an index has
-- 2,700 bytes at most; whoever ticks more organisations than fit does not mind.
alter table expression add constraint expression_organisations check (octet_length(organisations::text) <= 1800);
drop index expression_queue_received;
drop index expression_queue_due;
drop index expression_queue_changed;

-- To read a column Postgres goes through all that stand before it in the row, and
-- what the queue filters and sorts by stood behind fifty others. The table is made
-- anew with those first; all else of it stays as it is.
-- +goose StatementBegin
do $$
declare
    first constant text[] := '{id,received_at,updated_at,due_on,assignee_id,any_organisation,queue,stage,profession,help,organisations,search}';
    kept constant text := (
        select string_agg(quote_ident(attname), ', ') from pg_attribute
        where attrelid = 'expression'::regclass and attnum > 0 and not attisdropped and attgenerated = '');
    next bigint;
    columns text;
    later text[]; -- what follows when the rows are there
    statement text;
begin
    lock table expression in access exclusive mode;
    select string_agg(format('%I %s%s%s', attname, format_type(atttypid, atttypmod),
            case when attnotnull then ' not null' end,
            case when attgenerated = 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
                when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid) end),
            ', ' order by array_position(first, attname::text), attnum)
    into columns
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = 'expression'::regclass and attnum > 0 and not attisdropped;

    later := array(
        select format('alter table expression alter column %I set storage %s', attname,
            case attstorage when 'm' then 'main' when 'e' then 'external' when 'x' then 'extended' else 'plain' end)
        from pg_attribute join pg_type on pg_type.oid = atttypid
        where attrelid = 'expression'::regclass and attnum > 0 and not attisdropped and attstorage <> typstorage
    ) || array(
        select format('alter table expression alter column %I set compression %s', attname, case attcompression when 'l' then 'lz4' else 'pglz' end)
        from pg_attribute where attrelid = 'expression'::regclass and attnum > 0 and not attisdropped and attcompression <> ''
    ) || array(
        select format('alter table expression set (%s)', option)
        from pg_class, unnest(reloptions) option where pg_class.oid = 'expression'::regclass
    );
    execute format('create table expression_anew (%s)', columns);
    foreach statement in array later loop
        execute replace(statement, 'table expression ', 'table expression_anew ');
    end loop;
    execute format('insert into expression_anew (%1$s) select %1$s from expression order by received_at', kept);

    -- Keys and checks, then indexes, then triggers, then what refers to the table.
    later := array(
        select format('alter table expression add constraint %I %s', conname, pg_get_constraintdef(oid))
        from pg_constraint where conrelid = 'expression'::regclass and contype <> 't' order by contype = 'f', conname
    ) || array(
        select pg_get_indexdef(indexrelid) from pg_index
        where indrelid = 'expression'::regclass and not exists (select from pg_constraint where conindid = indexrelid and conrelid = indrelid)
        order by indexrelid::regclass::text
    ) || array(
        select pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'expression'::regclass and not tgisinternal order by tgname
    ) || array(
        select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where confrelid = 'expression'::regclass order by conrelid::regclass::text, conname
    ) || array(
        select format('comment on column expression.%I is %L', attname, col_description(attrelid, attnum))
        from pg_attribute where attrelid = 'expression'::regclass and attnum > 0 and col_description(attrelid, attnum) is not null
    ) || format('comment on table expression is %L', obj_description('expression'::regclass, 'pg_class'));
    select nextval(pg_get_serial_sequence('expression', 'number')) into next;
    foreach statement in array array(
        select format('alter table %s drop constraint %I', conrelid::regclass, conname) from pg_constraint where confrelid = 'expression'::regclass)
    loop
        execute statement;
    end loop;
    drop table expression;
    alter table expression_anew rename to expression;
    execute format('alter table expression alter column number add generated always as identity (start with %s)', next);
    foreach statement in array later loop
        execute statement;
    end loop;
end
$$;
-- +goose StatementEnd

create index expression_queue_received on expression (queue, received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help, any_organisation, organisations);
create index expression_queue_due on expression (queue, coalesce(due_on, 'infinity'), received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help, any_organisation, organisations);
create index expression_queue_changed on expression (queue, updated_at, id)
    include (due_on, received_at, assignee_id, stage, profession, help, any_organisation, organisations);
analyze expression;

-- +goose Down

-- No version asks in which order the columns stand.
alter table expression drop constraint expression_organisations;
drop index expression_queue_changed;
drop index expression_queue_due;
drop index expression_queue_received;
create index expression_queue_received on expression (queue, received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help);
create index expression_queue_due on expression (queue, coalesce(due_on, 'infinity'), received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help);
create index expression_queue_changed on expression (queue, updated_at, id);
