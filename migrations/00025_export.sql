-- +goose Up

-- Exports mark the cases that they hold as bits, by this number: a million of
-- them are 125 kB.
alter table expression add column number bigint generated always as identity;
comment on column expression.number is 'Counts the expressions, for the marks of exports. It stands in no address.';

create table export (
    id         uuid primary key default gen_random_uuid(),
    made_by    uuid not null references staff_account,
    form_key   text not null,
    asked_at   timestamptz not null,
    format     text not null,
    names      boolean not null,
    leads      boolean not null,
    filter     jsonb not null,
    search_id  text not null,
    said       text not null,
    state      text not null,
    total      integer not null default 0,
    written    integer not null default 0,
    size       bigint not null default 0,
    ended_at   timestamptz,
    constraint export_form_key unique (form_key),
    constraint export_format check (format in ('csv', 'xlsx', 'json')),
    constraint export_state check (state in ('waiting', 'running', 'done', 'fetched', 'broken')),
    constraint export_ended check ((state in ('done', 'fetched', 'broken')) = (ended_at is not null))
);
comment on table export is 'Files of cases that staff made: who, when, and what their filter chose.';
comment on column export.made_by is 'personal: to know who took cases out of the portal, the id of an account; class: technical; kept: as retention says for exports';
comment on column export.form_key is 'The form that asked for it: one form makes one file.';
comment on column export.format is 'Which kind of file it is.';
comment on column export.names is 'Whether names and contact details are in it.';
comment on column export.leads is 'Whether the columns are in it that leads alone export.';
comment on column export.filter is 'personal: to choose the cases, without the text of a search, the ids of accounts among them; class: technical; kept: as retention says for exports';
comment on column export.search_id is 'The search of whoever made it, whose text is kept with their searches; empty for none.';
comment on column export.said is 'The filter in closed words, as the audit has it.';
comment on column export.total is 'How many cases the filter chose when it began.';
comment on column export.written is 'How many of them were written.';
comment on column export.size is 'The bytes of its file, where the portal keeps that until it is fetched.';
create index export_made on export (made_by, asked_at desc);
create index export_asked on export (asked_at);

create table export_case (
    block     bigint not null,
    export_id uuid not null references export on delete cascade,
    marks     bytea not null,
    primary key (block, export_id)
);
create index export_case_export on export_case (export_id);
comment on table export_case is 'Which cases an export holds: the marks of 8,192 numbers in a row, where there are any.';
comment on column export_case.block is 'The number of an expression divided by 8,192.';
comment on column export_case.marks is 'personal: to tell in each case''s timeline that it left the portal, a bit for each number; class: technical; kept: as retention says for exports';

create table export_part (
    export_id uuid not null references export on delete cascade,
    part      integer not null,
    bytes     bytea not null,
    primary key (export_id, part)
);
comment on table export_part is 'A file that waits for whoever made it, in parts, so that any instance of the portal can hand it over.';
comment on column export_part.bytes is 'personal: to hand the file over; class: contact, identity, professional, free text; kept: until it is fetched, and for a day at most';

insert into retention (kind, position, unit, period, least, most) values
    ('export-file', 18, 'day', 1, 1, 1),
    ('export', 19, 'month', 72, 24, 240);

-- +goose Down

delete from retention_run where rule in ('export', 'export-file');
delete from retention where kind in ('export', 'export-file');
drop table export_part;
drop table export_case;
drop table export;
alter table expression drop column number;
