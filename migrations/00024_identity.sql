-- +goose Up

create table staff_identity (
    id         uuid primary key default gen_random_uuid(),
    account_id uuid not null references staff_account on delete cascade,
    issuer     text not null,
    subject    text not null,
    added_at   timestamptz not null,
    last_at    timestamptz not null,
    constraint staff_identity_key unique (issuer, subject)
);
create index staff_identity_account_id on staff_identity (account_id);
comment on table staff_identity is 'Who a member of staff is at a provider of single sign-on. The issuer and the subject say so together; an email address never does.';
comment on column staff_identity.issuer is 'The provider, by the address that it names itself by.';
comment on column staff_identity.subject is 'personal: to know a member of staff who signs in at the provider, the provider''s own id of them; class: identity; kept: until a lead removes it, or with the account';
comment on column staff_identity.last_at is 'personal: to find identities that nobody uses; class: technical; kept: with the identity';

create table staff_flow (
    state_hash   bytea primary key,
    browser_hash bytea not null,
    purpose      text not null,
    nonce        bytea not null,
    verifier     bytea not null,
    session_id   uuid references staff_session on delete cascade,
    link_id      uuid references staff_link on delete cascade,
    started_at   timestamptz not null,
    constraint staff_flow_purpose check (purpose in ('sign-in', 'confirm', 'add', 'link')),
    constraint staff_flow_session check ((session_id is not null) = (purpose in ('confirm', 'add'))),
    constraint staff_flow_link check ((link_id is not null) = (purpose = 'link'))
);
create index staff_flow_started_at on staff_flow (started_at);
create index staff_flow_session_id on staff_flow (session_id);
create index staff_flow_link_id on staff_flow (link_id);
comment on table staff_flow is 'People who are away at the provider of single sign-on. A row lets one browser come back once, within 10 minutes.';
comment on column staff_flow.browser_hash is 'personal: to know the browser that went to the provider when it comes back, a SHA-256 hash; class: technical; kept: 10 minutes';
comment on column staff_flow.nonce is 'What the provider''s token must name, encrypted.';
comment on column staff_flow.verifier is 'What proves to the provider that it was us who asked (PKCE), encrypted.';

alter table staff_session drop constraint staff_session_means;
alter table staff_session add constraint staff_session_means
    check (means in ('password', 'password-code', 'password-recovery', 'password-passkey', 'passkey', 'provider'));

-- +goose Down

delete from staff_session where means = 'provider';
alter table staff_session drop constraint staff_session_means;
alter table staff_session add constraint staff_session_means
    check (means in ('password', 'password-code', 'password-recovery', 'password-passkey', 'passkey'));
drop table staff_flow;
drop table staff_identity;
