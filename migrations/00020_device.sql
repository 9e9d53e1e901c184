-- +goose Up

-- Many people sign in from one address of a hospital: what tells the owner of an
-- account from a stranger there is their device.
drop table staff_known_address;
create table staff_device (
    id         uuid primary key default gen_random_uuid(),
    account_id uuid not null references staff_account on delete cascade,
    token_hash bytea not null,
    last_at    timestamptz not null,
    constraint staff_device_key unique (token_hash, account_id)
);
create index staff_device_account_id on staff_device (account_id);
comment on table staff_device is 'The devices on which a member of staff signed in before: guesses from elsewhere do not hold them up there. Nobody gets in by one.';
comment on column staff_device.token_hash is 'personal: to tell a member of staff from somebody who guesses, a SHA-256 hash of what their browser keeps; class: technical; kept: 90 days after the last sign-in on the device';
comment on column staff_device.last_at is 'personal: to forget devices that are not used; class: technical; kept: with the device';

insert into retention (kind, position, unit, period, least, most) values ('staff-device', 8, 'day', 90, 90, 90);
update retention_run set rule = 'staff-device' where rule = 'staff-address';
delete from retention where kind = 'staff-address';

-- +goose Down

insert into retention (kind, position, unit, period, least, most) values ('staff-address', 8, 'day', 90, 90, 90);
update retention_run set rule = 'staff-address' where rule = 'staff-device';
delete from retention where kind = 'staff-device';
drop table staff_device;
create table staff_known_address (
    account_id   uuid not null references staff_account on delete cascade,
    address_hash bytea not null,
    last_at      timestamptz not null,
    primary key (account_id, address_hash)
);
comment on table staff_known_address is 'Where a member of staff signed in from before: guesses from elsewhere do not slow them down there.';
comment on column staff_known_address.address_hash is 'personal: to tell a member of staff from somebody who guesses, a SHA-256 hash of the account and the network address; class: technical; kept: 90 days after the last sign-in from it';
