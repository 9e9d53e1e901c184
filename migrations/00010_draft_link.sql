-- +goose Up

alter table draft add column email text not null default '';
update draft set email = lower(answers->'email'->>'address') where answers->'email'->>'address' is not null;
alter table draft drop constraint draft_sent_is_empty;
alter table draft add constraint draft_sent_is_empty check (reference is null or (answers = '{}' and email = ''));
create index draft_email on draft (email) where email <> '';
comment on column draft.email is 'personal: to send a returner a link back to their form, the address they gave last, in small letters; class: contact; kept: until it is sent, or 28 days after the last change';

create table draft_link (
    token_hash bytea primary key,
    draft_id   uuid not null references draft on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_by    bytea,
    constraint draft_link_used check ((used_at is null) = (used_by is null))
);
create index draft_link_draft_id on draft_link (draft_id);
comment on table draft_link is 'One-time links that open a form that is not sent, on any device. They go when it is sent or deleted.';
comment on column draft_link.token_hash is 'personal: to know a link when it is used, a SHA-256 hash; class: credential; kept: with the draft';
comment on column draft_link.used_by is 'A hash of the key of the form that used it up: the same form sent twice opens the draft both times.';

comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of a draft, an expression, an enquiry or an account; class: technical; kept: with the thing it is about';

-- +goose Down

comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of an expression, an enquiry or an account; class: technical; kept: with the thing it is about';
drop table draft_link;
drop index draft_email;
alter table draft drop constraint draft_sent_is_empty;
alter table draft drop column email;
alter table draft add constraint draft_sent_is_empty check (reference is null or answers = '{}');
