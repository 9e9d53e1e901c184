-- +goose Up

create table retention (
    kind       text primary key,
    position   integer not null,
    unit       text not null,
    period     integer not null,
    least      integer not null,
    most       integer not null,
    changed_at timestamptz,
    changed_by uuid references staff_account,
    constraint retention_unit check (unit in ('day', 'month')),
    constraint retention_period check (least > 0 and period between least and most),
    constraint retention_changed check ((changed_at is null) = (changed_by is null))
);
comment on table retention is 'How long each kind of thing is kept. The program holds the same kinds; a test compares them.';
comment on column retention.unit is 'What the period counts.';
comment on column retention.period is 'How many units a thing is kept for.';
comment on column retention.least is 'The shortest period that may be chosen; where it is the longest too, nothing is to be chosen.';
comment on column retention.most is 'The longest period that may be chosen.';
comment on column retention.changed_by is 'personal: to know which member of staff set the period; class: technical; kept: until it is set again';
insert into retention (kind, position, unit, period, least, most) values
    ('draft', 1, 'day', 28, 28, 28),
    ('ended-expression', 2, 'month', 12, 3, 72),
    ('answered-enquiry', 3, 'month', 12, 3, 72),
    ('set-aside-enquiry', 4, 'day', 30, 30, 30),
    ('staff-search', 5, 'day', 7, 7, 7),
    ('session', 6, 'day', 1, 1, 1),
    ('staff-link', 7, 'day', 30, 30, 30),
    ('staff-address', 8, 'day', 90, 90, 90),
    ('attempt', 9, 'day', 1, 1, 1),
    ('erased-reference', 10, 'month', 12, 12, 12),
    ('retention-run', 11, 'day', 90, 90, 90);

create table retention_run (
    id   bigint generated always as identity primary key,
    rule text not null references retention,
    at   timestamptz not null,
    dry  boolean not null,
    rows bigint not null
);
create index retention_run_newest on retention_run (rule, at desc);
create index retention_run_at on retention_run (at);
comment on table retention_run is 'How much each rule of retention deleted, each time that it ran.';
comment on column retention_run.dry is 'Whether it only counted what it would have deleted.';
comment on column retention_run.rows is 'How many things were deleted, or would have been.';

create table erased_expression (
    id             uuid primary key default gen_random_uuid(),
    profession     text not null,
    stage          text not null,
    received_month date not null,
    stage_month    date not null,
    constraint erased_expression_months check (extract(day from received_month) = 1 and extract(day from stage_month) = 1)
);
create index erased_expression_stage on erased_expression (stage);
comment on table erased_expression is 'What counts need of an expression of interest that was erased. Nothing in it leads back to the expression: its id is its own.';
comment on column erased_expression.profession is 'The profession, for counts.';
comment on column erased_expression.received_month is 'The first day of the month in which it was received.';
comment on column erased_expression.stage_month is 'The first day of the month since which it was in its stage.';

create table erased_stage (
    erased_id uuid not null references erased_expression on delete cascade,
    stage     text not null,
    month     date not null,
    primary key (erased_id, stage),
    constraint erased_stage_month check (extract(day from month) = 1)
);
comment on table erased_stage is 'The stages that an erased expression had come to, each once, for reports on how far cases come.';
comment on column erased_stage.month is 'The first day of the month in which it first came to the stage.';

create table erased_reference (
    hash      bytea primary key,
    erased_on date not null
);
create index erased_reference_erased_on on erased_reference (erased_on);
comment on table erased_reference is 'The references of erased expressions as hashes, so that a link that leads to one can say so. They stand beside nothing else of the case.';
comment on column erased_reference.hash is 'personal: to say that a case was erased where a link leads to it, a SHA-256 hash; class: technical; kept: 12 months after the erasure';
comment on column erased_reference.erased_on is 'The day of the erasure.';

-- The role that serves may delete no expression: it can only have this erase
-- one whole. Deleting the row, rather than emptying columns, leaves nothing of
-- a column that somebody adds later.
-- +goose StatementBegin
create function erase_expression(erased uuid, today date) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone  public.expression;
    trace uuid;
begin
    select * into gone from public.expression where id = erased for update;
    if not found then
        return false;
    end if;
    insert into public.erased_expression (profession, stage, received_month, stage_month)
    values (gone.profession, gone.stage,
        date_trunc('month', gone.received_at at time zone 'Europe/London')::date,
        date_trunc('month', gone.stage_since at time zone 'Europe/London')::date)
    returning id into trace;
    insert into public.erased_stage (erased_id, stage, month)
    select trace, reached.stage, date_trunc('month', min(reached.at) at time zone 'Europe/London')::date
    from (select 'received' as stage, gone.received_at as at
          union all
          select to_stage, at from public.event where expression_id = erased and to_stage is not null) reached
    group by reached.stage;
    insert into public.erased_reference (hash, erased_on)
    values (sha256(convert_to(gone.reference, 'UTF8')), today) on conflict do nothing;
    delete from public.mail where subject_id in (erased::text, gone.draft_id::text);
    delete from public.draft where id = gone.draft_id or reference = gone.reference;
    delete from public.expression where id = erased;
    return true;
end
$$;
-- +goose StatementEnd
revoke all on function erase_expression(uuid, date) from public;
comment on function erase_expression(uuid, date) is 'Erases an expression of interest with its timeline, its draft and what says that it was written to, and keeps what counts need; false where there is none.';

-- What may be chosen now is no fixed number of months any more.
-- +goose StatementBegin
do $$
declare
    c record;
begin
    for c in
        select a.attrelid::regclass as of_table, a.attname, col_description(a.attrelid, a.attnum) as comment
        from pg_attribute a join pg_class k on k.oid = a.attrelid
        where k.relnamespace = 'public'::regnamespace and k.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            and col_description(a.attrelid, a.attnum) ~ 'kept: 12 months after (the case ends|it is answered)'
    loop
        execute format('comment on column %s.%I is %L', c.of_table, c.attname,
            replace(replace(c.comment, '12 months after the case ends', 'as retention says for an ended expression'),
                '12 months after it is answered', 'as retention says for an answered enquiry'));
    end loop;
end
$$;
-- +goose StatementEnd

-- +goose Down

-- +goose StatementBegin
do $$
declare
    c record;
begin
    for c in
        select a.attrelid::regclass as of_table, a.attname, col_description(a.attrelid, a.attnum) as comment
        from pg_attribute a join pg_class k on k.oid = a.attrelid
        where k.relnamespace = 'public'::regnamespace and k.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            and col_description(a.attrelid, a.attnum) ~ 'kept: as retention says for an (ended|answered)'
    loop
        execute format('comment on column %s.%I is %L', c.of_table, c.attname,
            replace(replace(c.comment, 'as retention says for an ended expression', '12 months after the case ends'),
                'as retention says for an answered enquiry', '12 months after it is answered'));
    end loop;
end
$$;
-- +goose StatementEnd
drop function erase_expression(uuid, date);
drop table erased_reference;
drop table erased_stage;
drop table erased_expression;
drop table retention_run;
drop table retention;
