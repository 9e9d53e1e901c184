-- +goose Up

create table stage_limit (
    stage        text primary key,
    working_days integer,
    changed_at   timestamptz,
    changed_by   uuid references staff_account,
    constraint stage_limit_stage check (stage in ('received', 'in-review', 'contacted', 'finding-placement', 'updating', 'applied-to-regulator')),
    constraint stage_limit_working_days check (working_days between 1 and 250),
    constraint stage_limit_changed check ((changed_at is null) = (changed_by is null))
);
comment on table stage_limit is 'How many working days a case may be in a stage. The program holds the same stages, those that end no case; a test compares them.';
comment on column stage_limit.working_days is 'The most working days; null until the faculty sets it.';
comment on column stage_limit.changed_by is 'personal: to know which member of staff set the time; class: technical; kept: until it is set again';
insert into stage_limit (stage) values ('received'), ('in-review'), ('contacted'), ('finding-placement'), ('updating'), ('applied-to-regulator');

alter table bank_holiday add column added_by uuid references staff_account;
comment on column bank_holiday.added_by is 'personal: to know which member of staff added the day; class: technical; kept: as long as the day is in the list';

-- Names that differ only in capitals, accents, spaces, hyphens, apostrophes and
-- full stops are the same here. NFKD takes an accent from its letter.
create function person_key(name text) returns text
    language sql immutable parallel safe
    return lower(regexp_replace(normalize(name, nfkd), '[\u0300-\u036f[:space:].''’‘`‐‑–-]', '', 'g'));
comment on function person_key(text) is 'A name as people are compared by it, to hint that two expressions of interest may be one person''s.';

create index expression_email on expression (lower(email));
create index expression_person on expression (profession, person_key(name));
create index expression_register_number on expression (register_number) where register_number <> '';
create index enquiry_email on enquiry (lower(email)) where email <> '';
create index offer_email on offer (lower(email));

-- +goose Down

drop index offer_email;
drop index enquiry_email;
drop index expression_register_number;
drop index expression_person;
drop index expression_email;
drop function person_key(text);
delete from bank_holiday where added_by is not null;
alter table bank_holiday drop column added_by;
drop table stage_limit;
