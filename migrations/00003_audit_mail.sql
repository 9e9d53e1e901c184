-- +goose Up

create table audit_event (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default now(),
    actor_kind   text not null,
    actor_id     text not null default '',
    action       text not null,
    subject_kind text not null default '',
    subject_id   text not null default '',
    outcome      text not null,
    request_id   text not null default '',
    constraint audit_event_actor_kind check (actor_kind in ('staff', 'returner', 'system', 'nobody')),
    constraint audit_event_outcome check (outcome in ('done', 'refused'))
);
create index audit_event_subject on audit_event (subject_kind, subject_id, id);
create index audit_event_actor on audit_event (actor_kind, actor_id, id);
comment on table audit_event is 'Who did what, append-only: ids, an action, an outcome and a time, never a personal value.';
comment on column audit_event.actor_id is 'personal: to know which member of staff acted, the id of an account; class: technical; kept: as long as the audit';
comment on column audit_event.subject_id is 'personal: to know whose record was read or changed, the id of an expression or an account; class: technical; kept: as long as the audit';

create table mail (
    id         uuid primary key default gen_random_uuid(),
    kind       text not null,
    subject_id text not null,
    occasion   text not null default '',
    state      text not null default 'waiting',
    attempts   integer not null default 0,
    failure    text not null default '',
    created_at timestamptz not null default now(),
    sent_at    timestamptz,
    constraint mail_once unique (kind, subject_id, occasion),
    constraint mail_state check (state in ('waiting', 'sent', 'refused')),
    constraint mail_sent check ((state = 'sent') = (sent_at is not null))
);
create index mail_waiting on mail (created_at) where state <> 'sent';
comment on table mail is 'The mails that the portal owes somebody. It holds no address and no text: both are read when a mail is sent.';
comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of an expression or an account; class: technical; kept: with the thing it is about';
comment on column mail.occasion is 'Tells mails of one kind about one thing apart, such as two password resets; empty where there can only be one.';
comment on column mail.failure is 'Why the last attempt failed: a code and a class, never an address or what a server said.';

-- +goose Down

drop table mail;
drop table audit_event;
