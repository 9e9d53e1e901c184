-- +goose Up

create table staff_account (
    id                uuid primary key default gen_random_uuid(),
    email             text not null,
    name              text not null,
    role              text not null,
    password_hash     text,
    epoch             integer not null default 1,
    created_at        timestamptz not null,
    disabled_at       timestamptz,
    last_signed_in_at timestamptz,
    constraint staff_account_email_key unique (email),
    constraint staff_account_email_lower check (email = lower(email)),
    constraint staff_account_role check (role in ('viewer', 'editor', 'reviewer', 'lead'))
);
comment on table staff_account is 'The people who may work in the staff area. A session of an older epoch than the account''s has ended.';
comment on column staff_account.email is 'personal: to sign in and to write to the member of staff; class: contact; kept: while the account is needed for the record of who did what';
comment on column staff_account.name is 'personal: to show who did what; class: identity; kept: while the account is needed for the record of who did what';
comment on column staff_account.password_hash is 'personal: to check a password at sign-in, an argon2id hash; class: credential; kept: until it is replaced';
comment on column staff_account.last_signed_in_at is 'personal: to find accounts that nobody uses; class: technical; kept: with the account';

create table staff_link (
    id         uuid primary key default gen_random_uuid(),
    token_hash bytea not null unique,
    purpose    text not null,
    account_id uuid references staff_account on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz,
    constraint staff_link_purpose check (purpose in ('invite', 'reset', 'first-lead')),
    constraint staff_link_account check ((purpose = 'first-lead') = (account_id is null))
);
create index staff_link_account_id on staff_link (account_id);
comment on table staff_link is 'One-time links that let a person set a password. ended_at is when a link was used up or made void.';
comment on column staff_link.token_hash is 'personal: to know a link when it is used, a SHA-256 hash; class: credential; kept: 30 days after it expires';

create table staff_attempt (
    key           bytea primary key,
    failures      integer not null,
    last_at       timestamptz not null,
    blocked_until timestamptz
);
create index staff_attempt_last_at on staff_attempt (last_at);
comment on table staff_attempt is 'How often signing in failed lately, by account, by address and by both, to slow down guessing.';
comment on column staff_attempt.key is 'personal: to count attempts, a SHA-256 hash of the email address, the network address or both; class: technical; kept: 24 hours after the last attempt';

create table staff_known_address (
    account_id   uuid not null references staff_account on delete cascade,
    address_hash bytea not null,
    last_at      timestamptz not null,
    primary key (account_id, address_hash)
);
comment on table staff_known_address is 'Where a member of staff signed in from before: guesses from elsewhere do not slow them down there.';
comment on column staff_known_address.address_hash is 'personal: to tell a member of staff from somebody who guesses, a SHA-256 hash of the account and the network address; class: technical; kept: 90 days after the last sign-in from it';

create table staff_search (
    id         uuid primary key default gen_random_uuid(),
    account_id uuid not null references staff_account on delete cascade,
    text       text not null,
    created_at timestamptz not null
);
create index staff_search_created_at on staff_search (created_at);
comment on table staff_search is 'What members of staff searched expressions for: the text itself never stands in an address.';
comment on column staff_search.text is 'personal: to search expressions for a person''s name or details; class: free text; kept: 7 days';

create table session (
    token_hash bytea primary key,
    data       bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz
);
create index session_expires_at on session (expires_at);
comment on table session is 'Sessions of the form and of the staff area. An ended one stays as a tombstone for a day, so that a request in flight cannot bring it back.';

-- +goose Down

drop table session;
drop table staff_search;
drop table staff_known_address;
drop table staff_attempt;
drop table staff_link;
drop table staff_account;
