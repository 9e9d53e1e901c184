-- +goose Up

create table report (
    only_row boolean primary key default true check (only_row),
    made_at  timestamptz not null,
    took_ms  bigint not null,
    mark     bigint not null,
    figures  jsonb not null
);
comment on table report is 'The figures of the staff area''s first page as they were made last: one row, counts alone. Many cases take long to count.';
comment on column report.took_ms is 'How long making them took, in milliseconds: what takes long is made less often.';
comment on column report.mark is 'The last event that they know.';
comment on column report.figures is 'personal: to share the work fairly, the ids of accounts with how many cases each has, beside counts by profession, quarter and stage; class: technical; kept: until they are made again';

-- +goose Down

drop table report;
