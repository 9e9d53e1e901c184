-- +goose Up

insert into retention (kind, position, unit, period, least, most) values
    ('closed-offer', 12, 'month', 12, 3, 72),
    ('offer', 13, 'month', 24, 24, 24),
    ('set-aside-offer', 14, 'day', 30, 30, 30);

create table offer (
    id           uuid primary key default gen_random_uuid(),
    reference    text not null,
    receipt_hash bytea not null,
    state        text not null,
    organisation text not null,
    site         text not null,
    profession   text not null,
    branch       text not null default '',
    starts_on    date not null,
    days         integer not null,
    name         text not null,
    email        text not null,
    phone        text not null default '',
    more         text not null default '',
    received_at  timestamptz not null,
    suspicion    text,
    state_since  timestamptz not null,
    version      integer not null default 1,
    constraint offer_reference_key unique (reference),
    constraint offer_receipt_hash_key unique (receipt_hash),
    constraint offer_state check (state in ('open', 'matched', 'closed', 'set-aside')),
    constraint offer_suspicion check (suspicion in ('trap', 'fast', 'often')),
    constraint offer_starts_on check (extract(day from starts_on) = 1),
    constraint offer_days check (days between 0 and 5)
);
create index offer_newest on offer (state, received_at desc, id desc);
create index offer_profession on offer (profession, starts_on) where state = 'open';
comment on table offer is 'Offers of supervised practice that the contacts of host organisations sent through a public form.';
comment on column offer.reference is 'personal: to speak about an offer without a name; class: technical; kept: as retention says for a closed offer, and as for an offer at most';
comment on column offer.receipt_hash is 'A SHA-256 hash of what the sender''s confirmation page is found by, which the form and its words make: a form sent twice makes one offer.';
comment on column offer.organisation is 'The name of the organisation that could be a host, as it was when the offer was made.';
comment on column offer.site is 'The site or town where the practice would be.';
comment on column offer.profession is 'The slug of the profession that would be supervised.';
comment on column offer.branch is 'The slug of the profession''s branch; empty where any branch would do, or it has none.';
comment on column offer.starts_on is 'The first day of the month from which the organisation could offer it.';
comment on column offer.days is 'How many days a week; 0 where it depends.';
comment on column offer.name is 'personal: to know whom to ask for at the organisation; class: identity; kept: as retention says for a closed offer, and as for an offer at most';
comment on column offer.email is 'personal: to write to the contact of the organisation; class: contact; kept: as retention says for a closed offer, and as for an offer at most';
comment on column offer.phone is 'personal: to ring the contact of the organisation; class: contact; kept: as retention says for a closed offer, and as for an offer at most';
comment on column offer.more is 'personal: to know what else the contact wants to say; class: free text; kept: as retention says for a closed offer, and as for an offer at most';
comment on column offer.suspicion is 'Why it looked like the work of a program: the trap was filled in, it was filled in too fast, or too many came; null where it did not.';
comment on column offer.state_since is 'Since when it is in its state, from which its time of keeping counts once it is closed.';

create table offer_event (
    id         bigint generated always as identity primary key,
    offer_id   uuid not null references offer on delete cascade,
    at         timestamptz not null,
    kind       text not null,
    actor_kind text not null,
    actor_id   text not null default '',
    note       text not null default '',
    form_key   text,
    constraint offer_event_form_key unique (form_key),
    constraint offer_event_kind check (kind in ('received', 'noted', 'matched', 'closed', 'reopened', 'set-aside', 'rescued'))
);
create index offer_event_offer on offer_event (offer_id, id);
comment on table offer_event is 'What happened to an offer, which goes when the offer goes.';
comment on column offer_event.actor_id is 'personal: to know which member of staff acted, the id of an account; class: technical; kept: with the offer';
comment on column offer_event.note is 'personal: to keep what staff noted about an offer; class: free text; kept: with the offer';
comment on column offer_event.form_key is 'A hash of the key of the form that caused it and of what it said: a form sent twice makes one event.';

comment on column audit_event.subject_id is 'personal: to know whose record was read or changed, the id of an expression, an enquiry, an offer or an account; class: technical; kept: as long as the audit';
comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of an expression, an enquiry, an offer or an account; class: technical; kept: with the thing it is about';

-- +goose Down

comment on column mail.subject_id is 'personal: to know who or what a mail is about, the id of an expression, an enquiry or an account; class: technical; kept: with the thing it is about';
comment on column audit_event.subject_id is 'personal: to know whose record was read or changed, the id of an expression, an enquiry or an account; class: technical; kept: as long as the audit';
drop table offer_event;
drop table offer;
delete from retention_run where rule in ('closed-offer', 'offer', 'set-aside-offer');
delete from retention where kind in ('closed-offer', 'offer', 'set-aside-offer');
