-- +goose Up

create table staff_session (
    id           uuid primary key default gen_random_uuid(),
    account_id   uuid not null references staff_account on delete cascade,
    epoch        integer not null,
    means        text not null,
    started_at   timestamptz not null,
    last_used_at timestamptz not null,
    proved_at    timestamptz,
    ended_at     timestamptz,
    device       text not null,
    network      text not null,
    new_secret   bytea,
    constraint staff_session_means check (means in ('password', 'password-code', 'password-recovery', 'password-passkey', 'passkey')),
    constraint staff_session_proved check ((proved_at is null) = (means = 'password'))
);
create index staff_session_account_id on staff_session (account_id);
comment on table staff_session is 'The sign-ins of members of staff, one for each device. Until both factors are proved, proved_at is null and the session leads to the second step alone. The browser''s session holds nothing but the id.';
comment on column staff_session.epoch is 'The account''s epoch when the session began; an older one has ended.';
comment on column staff_session.means is 'How the person proved who they are.';
comment on column staff_session.last_used_at is 'personal: to tell a member of staff which of their sessions is in use; class: technical; kept: 1 day after the session''s end';
comment on column staff_session.proved_at is 'When both factors were last proved: what is dangerous asks for it again.';
comment on column staff_session.device is 'personal: to tell a member of staff their sessions apart, the browser and the system in words; class: technical; kept: 1 day after the session''s end';
comment on column staff_session.network is 'personal: to tell a member of staff their sessions apart, the network address shortened; class: technical; kept: 1 day after the session''s end';
comment on column staff_session.new_secret is 'personal: to show the secret of an app for codes until it is confirmed, encrypted; class: credential; kept: 1 day after the session''s end';

create table staff_app (
    account_id   uuid primary key references staff_account on delete cascade,
    secret       bytea not null,
    last_step    bigint not null,
    confirmed_at timestamptz not null
);
comment on table staff_app is 'The app for codes (TOTP) of a member of staff. A code works once: last_step is the newest 30 seconds of which a code was taken.';
comment on column staff_app.last_step is 'The newest 30 seconds of which a code was taken, counted since 1970.';
comment on column staff_app.secret is 'personal: to check codes at sign-in, encrypted with a key derived from PORTAL_SECRETS; class: credential; kept: until it is replaced';

create table staff_recovery_code (
    account_id uuid not null references staff_account on delete cascade,
    hash       bytea not null,
    made_at    timestamptz not null,
    used_at    timestamptz,
    primary key (account_id, hash)
);
comment on table staff_recovery_code is 'Codes that stand for the second factor, each once.';
comment on column staff_recovery_code.hash is 'personal: to check a recovery code, a SHA-256 hash of the account and the code; class: credential; kept: until new codes replace it';

-- +goose Down

drop table staff_recovery_code;
drop table staff_app;
drop table staff_session;
