-- +goose Up

alter table staff_attempt rename to attempt;
alter index staff_attempt_last_at rename to attempt_last_at;
comment on table attempt is 'How often something was tried lately, such as signing in or sending an enquiry, to slow down whoever tries too often.';
comment on column attempt.key is 'personal: to count attempts, a SHA-256 hash of the email address, the network address or both; class: technical; kept: 24 hours after the last attempt';

comment on column audit_event.subject_id is 'personal: to know whose record was read or changed, the id of an expression, an enquiry or an account; class: technical; kept: as long as the audit';
comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of an expression, an enquiry or an account; class: technical; kept: with the thing it is about';

create table bank_holiday (
    day  date primary key,
    name text not null
);
comment on table bank_holiday is 'The bank holidays of England that are known, on which no working day falls.';
comment on column bank_holiday.name is 'What the day is called.';

alter table faculty add column accessibility_reply_working_days integer not null default 0
    constraint faculty_accessibility_reply check (accessibility_reply_working_days >= 0);
comment on column faculty.accessibility_reply_working_days is 'Within how many working days a problem of accessibility is answered; 0 where it is as for every enquiry.';

create table enquiry (
    id           uuid primary key default gen_random_uuid(),
    reference    text not null,
    receipt_hash bytea not null,
    kind         text not null,
    state        text not null,
    message      text not null,
    page         text not null default '',
    name         text not null default '',
    email        text not null default '',
    phone        text not null default '',
    received_at  timestamptz not null,
    due          date not null,
    suspicion    text,
    state_since  timestamptz not null,
    answered_by  text,
    version      integer not null default 1,
    constraint enquiry_reference_key unique (reference),
    constraint enquiry_receipt_hash_key unique (receipt_hash),
    constraint enquiry_kind check (kind in ('contact', 'accessibility', 'complaint')),
    constraint enquiry_state check (state in ('open', 'answered', 'set-aside')),
    constraint enquiry_suspicion check (suspicion in ('trap', 'fast', 'often')),
    constraint enquiry_answered_by check (answered_by in ('email', 'phone', 'post', 'in-person', 'not-needed')),
    constraint enquiry_answered check ((state = 'answered') = (answered_by is not null)),
    constraint enquiry_one_way check (email = '' or phone = '')
);
create index enquiry_newest on enquiry (state, received_at desc, id desc);
comment on table enquiry is 'Messages that were sent through a public form, and whether they were answered.';
comment on column enquiry.reference is 'personal: to speak about an enquiry without a name; class: technical; kept: 12 months after it is answered';
comment on column enquiry.receipt_hash is 'A SHA-256 hash of what the sender''s confirmation page is found by, which the form and its words make: a form sent twice makes one enquiry.';
comment on column enquiry.message is 'personal: to know what is asked; class: free text; kept: 12 months after it is answered, or 30 days after it is set aside';
comment on column enquiry.page is 'personal: to find the page that does not work; class: free text; kept: 12 months after it is answered, or 30 days after it is set aside';
comment on column enquiry.name is 'personal: to address the sender; class: identity; kept: 12 months after it is answered, or 30 days after it is set aside';
comment on column enquiry.email is 'personal: to answer the sender; class: contact; kept: 12 months after it is answered, or 30 days after it is set aside';
comment on column enquiry.phone is 'personal: to answer the sender; class: contact; kept: 12 months after it is answered, or 30 days after it is set aside';
comment on column enquiry.due is 'The day by which the sender is answered; for a complaint about personal data the last day to acknowledge it.';
comment on column enquiry.suspicion is 'Why it looked like the work of a program: the trap was filled in, it was filled in too fast, or too many came; null where it did not.';
comment on column enquiry.state_since is 'Since when it is in its state, from which its time of keeping counts.';
comment on column enquiry.answered_by is 'How it was answered.';

create table enquiry_event (
    id         bigint generated always as identity primary key,
    enquiry_id uuid not null references enquiry on delete cascade,
    at         timestamptz not null,
    kind       text not null,
    actor_kind text not null,
    actor_id   text not null default '',
    how        text not null default '',
    note       text not null default '',
    form_key   text,
    constraint enquiry_event_form_key unique (form_key),
    constraint enquiry_event_kind check (kind in ('received', 'noted', 'answered', 'reopened', 'set-aside', 'rescued'))
);
create index enquiry_event_enquiry on enquiry_event (enquiry_id, id);
comment on table enquiry_event is 'What happened to an enquiry, which goes when the enquiry goes.';
comment on column enquiry_event.actor_id is 'personal: to know which member of staff acted, the id of an account; class: technical; kept: with the enquiry';
comment on column enquiry_event.how is 'How it was answered; empty for everything else.';
comment on column enquiry_event.note is 'personal: to keep what staff noted about an enquiry; class: free text; kept: 12 months after it is answered';
comment on column enquiry_event.form_key is 'A hash of the key of the form that caused it and of what it said: a form sent twice makes one event.';

-- +goose Down

drop table enquiry_event;
drop table enquiry;
alter table faculty drop column accessibility_reply_working_days;
drop table bank_holiday;
comment on column attempt.key is 'personal: to count attempts, a SHA-256 hash of the email address, the network address or both; class: technical; kept: 24 hours after the last attempt';
comment on table attempt is 'How often signing in failed lately, by account, by address and by both, to slow down guessing.';
alter index attempt_last_at rename to staff_attempt_last_at;
alter table attempt rename to staff_attempt;
