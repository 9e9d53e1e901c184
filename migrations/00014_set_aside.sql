-- +goose Up

insert into retention (kind, position, unit, period, least, most) values
    ('set-aside-expression', 15, 'day', 30, 30, 30),
    ('track-link', 16, 'day', 1, 1, 1);

alter table expression
    add column suspicion text constraint expression_suspicion check (suspicion in ('trap', 'fast', 'often')),
    add column set_aside_at timestamptz,
    add constraint expression_set_aside check (set_aside_at is null or suspicion is not null);
create index expression_set_aside on expression (set_aside_at) where set_aside_at is not null;
comment on column expression.suspicion is 'Why it looks like the work of a program; null where it does not. It stays when a person rescues it.';
comment on column expression.set_aside_at is 'When it was set aside; null for every case that is worked on. Nobody is written to about one that is set aside.';

alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
    'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued'));

-- +goose StatementBegin
create function delete_set_aside(before timestamptz) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (delete from public.expression where set_aside_at < before returning id, draft_id),
        forgotten as (delete from public.mail where subject_id in (select id::text from gone union all select draft_id::text from gone)),
        emptied as (delete from public.draft where id in (select draft_id from gone))
    select count(*) from gone
$$;
-- +goose StatementEnd
revoke all on function delete_set_aside(timestamptz) from public;
comment on function delete_set_aside(timestamptz) is 'Deletes what programs sent and nobody rescued, and leaves nothing to count; says how many.';

-- What a program sent counts nowhere, also when somebody erases it.
-- +goose StatementBegin
create or replace function erase_expression(erased uuid, today date) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone  public.expression;
    trace uuid;
begin
    select * into gone from public.expression where id = erased for update;
    if not found then
        return false;
    end if;
    if gone.set_aside_at is null then
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
    end if;
    insert into public.erased_reference (hash, erased_on)
    values (sha256(convert_to(gone.reference, 'UTF8')), today) on conflict do nothing;
    delete from public.mail where subject_id in (erased::text, gone.draft_id::text);
    delete from public.draft where id = gone.draft_id or reference = gone.reference;
    delete from public.expression where id = erased;
    return true;
end
$$;
-- +goose StatementEnd

-- +goose Down

-- +goose StatementBegin
create or replace function erase_expression(erased uuid, today date) returns boolean
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

drop function delete_set_aside(timestamptz);
update event set kind = 'noted' where kind = 'rescued';
alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
    'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given'));
alter table expression drop column set_aside_at, drop column suspicion;
delete from retention_run where rule in ('set-aside-expression', 'track-link');
delete from retention where kind in ('set-aside-expression', 'track-link');
