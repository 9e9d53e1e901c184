-- +goose Up

alter table event
    drop constraint event_kind,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued', 'assigned', 'told'));

create table bulk_change (
    id         uuid primary key default gen_random_uuid(),
    account_id uuid not null references staff_account,
    kind       text not null,
    goes_to    text not null,
    reason     text not null default '',
    note       text not null default '',
    tells      boolean not null default false,
    mail_says  text not null default '',
    mail_next  text not null default '',
    filter     text not null default '',
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at   timestamptz,
    constraint bulk_change_kind check (kind in ('assign', 'move', 'tell')),
    constraint bulk_change_ends check (ended_at is null or started_at is not null)
);
create index bulk_change_created_at on bulk_change (created_at);
comment on table bulk_change is 'Changes of many cases at once: looked at first, then done by a job.';
comment on column bulk_change.account_id is 'personal: to know which member of staff makes the change; class: technical; kept: 30 days';
comment on column bulk_change.goes_to is 'What the cases get: the id of an account or nothing, a stage, or the slug of a message.';
comment on column bulk_change.reason is 'Why the cases end, a slug; empty where no reason is given.';
comment on column bulk_change.note is 'personal: to note the same in each case; class: free text; kept: 30 days, and with each case';
comment on column bulk_change.tells is 'Whether each person gets an email about it.';
comment on column bulk_change.mail_says is 'personal: to tell each person the same in words of one''s own; class: free text; kept: 30 days, and with each case';
comment on column bulk_change.mail_next is 'personal: to tell each person the same in words of one''s own; class: free text; kept: 30 days, and with each case';
comment on column bulk_change.filter is 'The filter of the list that the cases come from, as its address has it: closed words, and the id of a search.';

create table bulk_row (
    bulk_id       uuid not null references bulk_change on delete cascade,
    position      integer not null,
    expression_id uuid not null references expression on delete cascade,
    version       integer not null,
    result        text not null default '',
    done_at       timestamptz,
    primary key (bulk_id, position),
    constraint bulk_row_once unique (bulk_id, expression_id),
    constraint bulk_row_result check (result in ('', 'done', 'same', 'stage', 'aside', 'unreached', 'others', 'changed', 'refused', 'stopped'))
);
create index bulk_row_waiting on bulk_row (bulk_id, position) where result = '';
create index bulk_row_expression on bulk_row (expression_id);
comment on table bulk_row is 'The cases of a change of many, each with what came of it.';
comment on column bulk_row.version is 'The version of the case that was looked at: one that changed since is left alone.';
comment on column bulk_row.result is 'Empty while it waits; done, or why not.';

insert into retention (kind, position, unit, period, least, most) values ('bulk-change', 20, 'day', 30, 30, 30);

-- +goose Down

delete from retention_run where rule = 'bulk-change';
delete from retention where kind = 'bulk-change';
drop table bulk_row;
drop table bulk_change;
update event set kind = 'noted', reason = null where kind = 'told';
alter table event
    drop constraint event_kind,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued', 'assigned'));
