-- +goose Up

insert into retention (kind, position, unit, period, least, most) values
    ('set-aside-expression', 15, 'day', 30, 30, 30),
    ('track-link', 16, 'day', 1, 1, 1);

alter table draft
    add column weighed boolean not null default false,
    add column suspicion text constraint draft_suspicion check (suspicion in ('trap', 'fast', 'often'));
comment on column draft.weighed is 'Whether it was looked at who sends it, a person or a program: once for each form, however often its button is pressed.';
comment on column draft.suspicion is 'Why it looks like the work of a program; null where it does not.';

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

-- +goose Down

drop function delete_set_aside(timestamptz);
update event set kind = 'noted' where kind = 'rescued';
alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
    'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given'));
alter table expression drop column set_aside_at, drop column suspicion;
alter table draft drop column suspicion, drop column weighed;
delete from retention_run where rule in ('set-aside-expression', 'track-link');
delete from retention where kind in ('set-aside-expression', 'track-link');
