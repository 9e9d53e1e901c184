-- +goose Up

-- What a row needs to be sealed: the transaction that wrote it. Rows are sealed
-- in the order of era, transaction and id, once no transaction that may still
-- write before them is under way.
alter table audit_event
    add column detail text not null default '',
    add column era integer not null default 1,
    add column xid xid8 not null default pg_current_xact_id(),
    add constraint audit_event_detail check (char_length(detail) <= 2000);
comment on column audit_event.detail is 'What more there is to say in closed words, such as the filter of an export or the roles before and after; never a personal value.';
comment on column audit_event.era is 'Counts how often the database was restored into a server whose transactions are numbered from further back.';
comment on column audit_event.xid is 'The transaction that added the row: what is added to a sealed range later is found by it.';
create unique index audit_event_order on audit_event (era, xid, id);

-- The pages of the audit: newest first, by each filter.
drop index audit_event_subject;
drop index audit_event_actor;
create index audit_event_at on audit_event (at, id);
create index audit_event_actor on audit_event (actor_kind, actor_id, at, id);
create index audit_event_action on audit_event (action, at, id);
create index audit_event_subject on audit_event (subject_id, at, id);
create index audit_event_refused on audit_event (at, id) where outcome = 'refused';

create table audit_seal (
    sequence   bigint primary key,
    era        integer not null,
    xid        xid8 not null,
    id         bigint not null,
    rows       integer not null,
    ids        bigint[] not null,
    digests    bytea[] not null,
    content    bytea not null,
    hash       bytea not null,
    sealed_at  timestamptz not null,
    emptied_at timestamptz,
    constraint audit_seal_rows check (rows > 0),
    constraint audit_seal_ids check (case when emptied_at is null then cardinality(ids) = rows and cardinality(digests) = rows else cardinality(ids) = 0 and cardinality(digests) = 0 end)
);
comment on table audit_seal is 'The seals of the audit: each holds the hashes of a batch of rows, and the hash of the seal before.';
comment on column audit_seal.sequence is 'From 1, without a gap.';
comment on column audit_seal.era is 'The era of the last row that it seals.';
comment on column audit_seal.xid is 'The transaction of the last row that it seals.';
comment on column audit_seal.id is 'The id of the last row that it seals: it seals every row after the seal before, up to this one.';
comment on column audit_seal.rows is 'How many rows it seals.';
comment on column audit_seal.ids is 'The ids of the rows, in their order.';
comment on column audit_seal.digests is 'The SHA-256 of each row, in the same order: they tell which row was changed.';
comment on column audit_seal.content is 'The SHA-256 of the digests; it stays when the rows have had their time.';
comment on column audit_seal.hash is 'The SHA-256 of the hash of the seal before and of this seal.';
comment on column audit_seal.emptied_at is 'When its rows had had their time and were deleted; null while they are kept.';

-- A text with its length before it, so that nothing can move from one column to
-- the next without changing the digest.
create function audit_part(value text) returns text
    language sql immutable as $$ select octet_length(value)::text || ':' || value || ',' $$;

-- internal/audit/digest.go does the same: verifying trusts no function of the
-- database.
-- +goose StatementBegin
create function audit_digest(e audit_event) returns bytea
    language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select sha256(convert_to(
        audit_part(e.era::text) || audit_part(e.xid::text) || audit_part(e.id::text)
        || audit_part((extract(epoch from e.at) * 1000000)::bigint::text)
        || audit_part(e.actor_kind) || audit_part(e.actor_id) || audit_part(e.action)
        || audit_part(e.subject_kind) || audit_part(e.subject_id) || audit_part(e.outcome)
        || audit_part(e.request_id) || audit_part(e.detail), 'UTF8'))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function audit_seal_hash(before bytea, s audit_seal) returns bytea
    language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select sha256(convert_to(
        audit_part(encode(before, 'hex')) || audit_part(s.sequence::text)
        || audit_part(s.era::text) || audit_part(s.xid::text) || audit_part(s.id::text) || audit_part(s.rows::text)
        || audit_part(encode(s.content, 'hex')) || audit_part((extract(epoch from s.sealed_at) * 1000000)::bigint::text), 'UTF8'))
$$;
-- +goose StatementEnd

-- The era that rows are added in now: the column's own default.
-- +goose StatementBegin
create function audit_era() returns integer
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select pg_get_expr(d.adbin, d.adrelid)::integer
    from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = 'public.audit_event'::regclass and a.attname = 'era'
$$;
-- +goose StatementEnd
comment on function audit_era() is 'The era that rows of the audit are added in now.';

-- A row whose transaction is below the oldest one under way is there for good,
-- and none can come before it any more.
-- +goose StatementBegin
create function seal_audit(most integer) returns setof audit_seal
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    head audit_seal;
    next audit_seal;
    now_era integer := audit_era();
begin
    if not pg_try_advisory_xact_lock(7290018) then
        return; -- somebody else seals
    end if;
    select * into head from audit_seal order by sequence desc limit 1;
    if not found then
        head.sequence := 0;
        head.era := 0;
        head.xid := '0';
        head.id := 0;
        head.hash := '';
    end if;
    with batch as (
        select e.era, e.xid, e.id, audit_digest(e) as digest
        from audit_event e
        where (e.era, e.xid, e.id) > (head.era, head.xid, head.id)
            and (e.era < now_era or e.xid < pg_snapshot_xmin(pg_current_snapshot()))
        order by e.era, e.xid, e.id
        limit least(most, 1000))
    select count(*), array_agg(id order by era, xid, id), array_agg(digest order by era, xid, id),
        (array_agg(era order by era desc, xid desc, id desc))[1],
        (array_agg(xid order by era desc, xid desc, id desc))[1],
        (array_agg(id order by era desc, xid desc, id desc))[1],
        sha256(string_agg(digest, '' order by era, xid, id))
    into next.rows, next.ids, next.digests, next.era, next.xid, next.id, next.content
    from batch;
    if next.rows = 0 then
        return;
    end if;
    next.sequence := head.sequence + 1;
    next.sealed_at := clock_timestamp();
    next.hash := audit_seal_hash(head.hash, next);
    insert into audit_seal select next.*;
    return next next;
end
$$;
-- +goose StatementEnd
revoke all on function seal_audit(integer) from public;
comment on function seal_audit(integer) is 'Seals the next rows of the audit, 1,000 at most, and gives the seal; nothing where none can be sealed yet or somebody else seals.';

-- +goose StatementBegin
create function keep_audit() returns trigger
    language plpgsql as $$
begin
    if current_setting('portal.audit_had_its_time', true) = 'yes' then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    raise insufficient_privilege using message = 'the audit is only added to';
end
$$;
-- +goose StatementEnd
create trigger keep_audit_rows before update or delete on audit_event for each row execute function keep_audit();
create trigger keep_audit before truncate on audit_event for each statement execute function keep_audit();
create trigger keep_audit_rows before update or delete on audit_seal for each row execute function keep_audit();
create trigger keep_audit before truncate on audit_seal for each statement execute function keep_audit();

insert into retention (kind, position, unit, period, least, most) values ('audit-row', 17, 'month', 72, 24, 240);

-- Rows go by whole seals, so that the chain can still be verified: the seal
-- stays. Nobody can have rows deleted that are younger than the least period.
-- +goose StatementBegin
create function empty_audit(before timestamptz) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    old     audit_seal;
    deleted bigint := 0;
    gone    bigint;
    latest  timestamptz;
begin
    select least(before, now() - make_interval(months => r.least)) into latest from retention r where r.kind = 'audit-row';
    perform set_config('portal.audit_had_its_time', 'yes', true);
    for old in select * from audit_seal where emptied_at is null and sealed_at < latest order by sequence loop
        delete from audit_event where id = any (old.ids);
        get diagnostics gone = row_count;
        deleted := deleted + gone;
        update audit_seal set ids = '{}', digests = '{}', emptied_at = now() where sequence = old.sequence;
    end loop;
    perform set_config('portal.audit_had_its_time', '', true);
    return deleted;
end
$$;
-- +goose StatementEnd
revoke all on function empty_audit(timestamptz) from public;
comment on function empty_audit(timestamptz) is 'Deletes the rows of the audit that were sealed before a time and keeps their seals; says how many.';

-- A server that a backup was restored into may number its transactions from
-- further back than the rows: they then go on in an era of their own.
-- +goose StatementBegin
create function begin_audit_era() returns void
    language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    newest record;
begin
    select era, xid into newest from (
        (select era, xid from audit_event order by era desc, xid desc limit 1)
        union all
        (select era, xid from audit_seal order by sequence desc limit 1)) both_tables
    order by era desc, xid desc limit 1;
    if found and newest.era >= audit_era() and newest.xid >= pg_snapshot_xmax(pg_current_snapshot()) then
        execute format('alter table audit_event alter column era set default %s', newest.era + 1);
    end if;
end
$$;
-- +goose StatementEnd
revoke all on function begin_audit_era() from public;
comment on function begin_audit_era() is 'Begins a new era of the audit where the server''s transactions are numbered from further back than its rows.';

-- +goose Down

drop function begin_audit_era();
drop function empty_audit(timestamptz);
delete from retention_run where rule = 'audit-row';
delete from retention where kind = 'audit-row';
drop function seal_audit(integer);
drop function audit_era();
drop function audit_seal_hash(bytea, audit_seal);
drop function audit_digest(audit_event);
drop function audit_part(text);
drop table audit_seal;
drop trigger keep_audit on audit_event;
drop trigger keep_audit_rows on audit_event;
drop function keep_audit();
drop index audit_event_refused;
drop index audit_event_subject;
drop index audit_event_action;
drop index audit_event_actor;
drop index audit_event_at;
drop index audit_event_order;
create index audit_event_subject on audit_event (subject_kind, subject_id, id);
create index audit_event_actor on audit_event (actor_kind, actor_id, id);
alter table audit_event drop column detail, drop column era, drop column xid;
