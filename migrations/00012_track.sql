-- +goose Up

alter table expression
    add column turn_since timestamptz not null default now(),
    add column email_wanted text not null default '',
    add column copy_asked_at timestamptz;
update expression set turn_since = stage_since;
create index expression_email_wanted on expression (id) where email_wanted <> '';
create index expression_hold_until on expression (hold_until) where turn = 'on-hold';
comment on column expression.turn_since is 'Since when it is this side''s turn. A version of the portal that does not know it yet may still insert.';
comment on column expression.email_wanted is 'personal: to ask at a new address whether it is theirs, before mail goes there; class: contact; kept: until it is confirmed, or as retention says for an ended expression';
comment on column expression.copy_asked_at is 'personal: to answer somebody who asked for a copy of their data in time; class: technical; kept: until they have it';

create table track_link (
    token_hash    bytea primary key,
    expression_id uuid not null references expression on delete cascade,
    new_email     text not null default '',
    created_at    timestamptz not null,
    expires_at    timestamptz not null
);
create index track_link_expression_id on track_link (expression_id);
create index track_link_expires_at on track_link (expires_at);
comment on table track_link is 'Links by which a returner sees where their expression of interest stands. They may be used often; opening one changes nothing.';
comment on column track_link.token_hash is 'personal: to know a link when it is used, a SHA-256 hash; class: credential; kept: a day after it expires, or with the case';
comment on column track_link.new_email is 'personal: the address that is confirmed by using the link, which shows nothing before that; class: contact; kept: until it is used or expires';

create table information_request (
    id            uuid primary key default gen_random_uuid(),
    expression_id uuid not null references expression on delete cascade,
    event_id      bigint not null references event on delete cascade,
    message       text not null,
    steps         text[] not null,
    answer_by     date,
    asked_at      timestamptz not null,
    answers       jsonb not null default '{}',
    versions      jsonb not null default '{}',
    reply         text not null default '',
    answered_at   timestamptz,
    ended_at      timestamptz,
    constraint information_request_ends_once check (answered_at is null or ended_at is null)
);
create unique index information_request_open on information_request (expression_id) where answered_at is null and ended_at is null;
create index information_request_expression on information_request (expression_id, asked_at);
comment on table information_request is 'What returners were asked after they sent their form, and what they answered. One is open at a time.';
comment on column information_request.message is 'personal: to ask a returner for what is missing; class: free text; kept: as retention says for an ended expression';
comment on column information_request.steps is 'The questions of the form that are asked again, by their slugs.';
comment on column information_request.answer_by is 'The day by which an answer is asked for; null where none was set.';
comment on column information_request.answers is 'personal: the answers to those questions before they are sent; class: identity, contact, professional; kept: until they are sent, or as retention says for an ended expression';
comment on column information_request.versions is 'How often each answer was saved, so that two tabs cannot overwrite each other unseen.';
comment on column information_request.reply is 'personal: what the returner wrote in answer; class: free text; kept: as retention says for an ended expression';

alter table event add column step text, add column until date;
comment on column event.step is 'The question of the form whose answer was corrected.';
comment on column event.until is 'The day until which a case is on hold, or by which an answer is asked for.';
alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
    'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given'));

-- +goose Down

-- What the older timeline has no word for stays as a note, without what was corrected.
update event set kind = 'noted', reason = null where kind in ('asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given');
alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed'));
alter table event drop column step, drop column until;
drop table information_request;
drop table track_link;
alter table expression drop column turn_since, drop column email_wanted, drop column copy_asked_at;
