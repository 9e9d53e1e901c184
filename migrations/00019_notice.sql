-- +goose Up

create table notice_choice (
    account_id uuid not null references staff_account on delete cascade,
    kind       text not null,
    how        text not null,
    changed_at timestamptz not null,
    primary key (account_id, kind),
    constraint notice_choice_kind check (kind in ('new', 'assigned', 'answered', 'due-soon', 'late')),
    constraint notice_choice_how check (how in ('at-once', 'daily', 'off'))
);
comment on table notice_choice is 'What a member of staff chose to be told by email; without a row it is as the program has it.';
comment on column notice_choice.account_id is 'personal: to know who is told, the id of an account; class: technical; kept: with the account';
comment on column notice_choice.how is 'At once, once a day, or not at all.';

create table notice_mailbox (
    one_row    boolean primary key default true,
    email      text not null default '',
    version    integer not null default 1,
    changed_at timestamptz,
    changed_by text not null default '',
    "new"      text not null default 'daily',
    answered   text not null default 'off',
    "due-soon" text not null default 'off',
    late       text not null default 'daily',
    constraint notice_mailbox_one_row check (one_row),
    constraint notice_mailbox_how check (array["new", answered, "due-soon", late] <@ array['at-once', 'daily', 'off'])
);
insert into notice_mailbox default values;
comment on table notice_mailbox is 'A mailbox that several people read, and what it is told.';
comment on column notice_mailbox.one_row is 'There is one row.';
comment on column notice_mailbox.email is 'personal: to tell a team about cases, an address that may have somebody''s name; class: contact; kept: until a lead changes it';
comment on column notice_mailbox.changed_by is 'personal: to know which member of staff set it, the id of an account; class: technical; kept: until it is set again';
comment on column notice_mailbox."new" is 'How it is told of new cases.';
comment on column notice_mailbox.answered is 'How it is told of returners who answered.';
comment on column notice_mailbox."due-soon" is 'How it is told of cases that are due soon.';
comment on column notice_mailbox.late is 'How it is told of cases that are late.';

create table notice (
    id            bigint generated always as identity primary key,
    recipient     text not null,
    kind          text not null,
    expression_id uuid not null references expression on delete cascade,
    occasion      text not null,
    created_at    timestamptz not null,
    batch         uuid,
    constraint notice_once unique (recipient, kind, expression_id, occasion),
    constraint notice_kind check (kind in ('new', 'assigned', 'answered', 'due-soon', 'late'))
);
create index notice_waiting on notice (recipient) where batch is null;
create index notice_batch on notice (batch) where batch is not null;
create index notice_expression on notice (expression_id);
create index notice_created on notice (created_at);
comment on table notice is 'What somebody is to be told, each once; forgotten after 30 days.';
comment on column notice.recipient is 'personal: to know who is told, the id of an account, or mailbox; class: technical; kept: 30 days';
comment on column notice.expression_id is 'personal: to know what about, the id of an expression; class: technical; kept: 30 days, at most with the expression';
comment on column notice.occasion is 'The id of the event or the day that it is due: the same thing again on another occasion is told again.';
comment on column notice.batch is 'The mail that tells it, by its occasion; null while it waits.';

create table notice_run (
    one_row  boolean primary key default true,
    seen_at  timestamptz not null default now(),
    daily_on date not null default current_date,
    days_at  timestamptz not null default 'epoch',
    constraint notice_run_one_row check (one_row)
);
insert into notice_run default values;
comment on table notice_run is 'How far it was looked for what there is to tell; locked by whoever looks.';
comment on column notice_run.one_row is 'There is one row.';
comment on column notice_run.days_at is 'When it was looked last for what is due soon or late.';
comment on column notice_run.daily_on is 'The day of the last daily mails.';

create index event_notice on event (at) where kind in ('received', 'rescued', 'assigned', 'answered');

-- +goose Down

drop index event_notice;
drop table notice_run;
drop table notice;
drop table notice_mailbox;
drop table notice_choice;
delete from mail where kind = 'notice';
