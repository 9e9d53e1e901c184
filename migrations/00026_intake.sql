-- +goose Up

alter table event
    drop constraint event_kind,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued', 'assigned', 'told', 'imported'));

create table intake (
    id          uuid primary key default gen_random_uuid(),
    made_by     uuid references staff_account,
    started_by  uuid references staff_account,
    name        text not null,
    sha256      bytea not null,
    size        bigint not null,
    file        bytea,
    headings    text[] not null,
    samples     jsonb not null default '[]',
    mapping     text[] not null,
    state       text not null,
    trouble     text not null default '',
    version     integer not null default 0,
    done        integer not null default 0,
    total       integer not null default 0,
    right_rows  integer not null default 0,
    wrong_rows  integer not null default 0,
    remark_rows integer not null default 0,
    uploaded_at timestamptz not null,
    changed_at  timestamptz not null,
    imported_at timestamptz,
    constraint intake_state check (state in ('uploaded', 'checking', 'checked', 'importing', 'imported', 'failed')),
    constraint intake_imported check ((state = 'imported') = (imported_at is not null)),
    constraint intake_file check ((state = 'imported') = (file is null)),
    constraint intake_mapping check (cardinality(mapping) = cardinality(headings))
);
create unique index intake_once on intake (sha256) where state = 'imported';
create index intake_uploaded on intake (uploaded_at desc);
comment on table intake is 'Spreadsheets of cases that staff upload: looked at first, then imported by a job.';
comment on column intake.made_by is 'personal: to know who brought cases into the portal, the id of an account; class: technical; kept: as retention says for imports';
comment on column intake.started_by is 'personal: to know who imported the cases, the id of an account; class: technical; kept: as retention says for imports';
comment on column intake.name is 'personal: what the file was called, to tell where cases came from; class: free text; kept: as retention says for imports';
comment on column intake.sha256 is 'A hash of the file, by which the same file is known: it is imported once.';
comment on column intake.size is 'How many bytes the file has.';
comment on column intake.file is 'personal: to import the cases that are in it; class: contact, identity, professional, free text; kept: until it is imported or discarded, and for 7 days at most';
comment on column intake.headings is 'personal: to choose what each column is, and to know files of the same kind, which is the first row where a file has no headings; class: identity, free text; kept: as retention says for imports';
comment on column intake.samples is 'personal: to choose what each column is by its first values; class: contact, identity, professional, free text; kept: until the file is imported or discarded, and for 7 days at most';
comment on column intake.mapping is 'The field that each column is, by its key; empty for a column that is left out.';
comment on column intake.trouble is 'Why it could not be read or imported, in words.';
comment on column intake.done is 'How many rows the check or the import has looked at so far.';
comment on column intake.total is 'How many rows it has, once they were counted.';
comment on column intake.right_rows is 'How many of them can be imported, or were.';
comment on column intake.wrong_rows is 'How many cannot.';
comment on column intake.remark_rows is 'How many can, with something to look at.';

create table intake_finding (
    intake_id uuid not null references intake on delete cascade,
    row       integer not null,
    problems  jsonb not null,
    remarks   jsonb not null,
    primary key (intake_id, row)
);
comment on table intake_finding is 'What is to be said about rows of a file. No value of a cell is in it.';
comment on column intake_finding.row is 'The row, as the spreadsheet counts it.';
comment on column intake_finding.problems is 'personal: to say why the row is not imported, headings of columns with sentences; class: free text; kept: for 7 days at most after the import';
comment on column intake_finding.remarks is 'personal: to say what to look at in a row, headings of columns with sentences and references of other cases; class: free text; kept: for 7 days at most after the import';

alter table expression
    add column import_id uuid references intake on delete set null,
    add column import_row integer,
    add column not_given text[] not null default '{}',
    add constraint expression_import unique (import_id, import_row),
    drop constraint expression_mail_trouble,
    add constraint expression_mail_trouble check (mail_trouble in ('refused', 'bounced', 'missing'));
comment on column expression.import_id is 'The import that it came from; null where it was sent by the form, or the record of the import is forgotten.';
comment on column expression.import_row is 'The row of the file that it came from, as the spreadsheet counts it; null where it was sent by the form.';
comment on column expression.not_given is 'The questions that were not answered, where their column could not say so: an old spreadsheet did not ask them.';

insert into retention (kind, position, unit, period, least, most) values
    ('intake', 21, 'day', 7, 7, 7),
    ('import', 22, 'month', 72, 24, 240);

-- +goose Down

delete from retention_run where rule in ('intake', 'import');
delete from retention where kind in ('intake', 'import');
update expression set mail_trouble = 'refused' where mail_trouble = 'missing';
alter table expression
    drop constraint expression_mail_trouble,
    add constraint expression_mail_trouble check (mail_trouble in ('refused', 'bounced')),
    drop column not_given,
    drop column import_row,
    drop column import_id;
drop table intake_finding;
drop table intake;
update event set kind = 'noted' where kind = 'imported';
alter table event
    drop constraint event_kind,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued', 'assigned', 'told'));
