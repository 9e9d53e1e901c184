-- +goose Up

create table staff_passkey (
    id            uuid primary key default gen_random_uuid(),
    account_id    uuid not null references staff_account on delete cascade,
    credential_id bytea not null unique,
    credential    jsonb not null,
    name          text not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz,
    suspect_at    timestamptz
);
create index staff_passkey_account_id on staff_passkey (account_id);
comment on table staff_passkey is 'The passkeys (WebAuthn) of members of staff. suspect_at is when a signature counted backwards: there may be a copy.';
comment on column staff_passkey.credential_id is 'personal: to know a passkey when it is used; class: credential; kept: until it is removed';
comment on column staff_passkey.credential is 'personal: to check a passkey, its public key and how often it signed; class: credential; kept: until it is removed';
comment on column staff_passkey.name is 'personal: to tell a member of staff their passkeys apart; class: technical, free text; kept: until it is removed';
comment on column staff_passkey.last_used_at is 'personal: to tell a member of staff which passkey is in use; class: technical; kept: until it is removed';

-- +goose Down

drop table staff_passkey;
