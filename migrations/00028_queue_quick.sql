-- +goose Up

-- The queue reads neither the result of the rules nor long notes: out of the way,
-- a page of the table holds twice as many cases.
alter table expression alter column search set storage main;
alter table expression set (toast_tuple_target = 1200);
-- Where the server can, a result is packed by what takes a tenth of the time.
-- +goose StatementBegin
do $$
begin
    if (select 'lz4' = any (enumvals) from pg_settings where name = 'default_toast_compression') then
        alter table expression alter column result set compression lz4;
    end if;
end
$$;
-- +goose StatementEnd

-- Weekdays follow from the date: only the holidays among them are counted.
create function weekdays_before(day date) returns integer
    language sql immutable parallel safe
    return (day - date '0001-01-01') / 7 * 5 + least((day - date '0001-01-01') % 7, 5);
comment on function weekdays_before(date) is 'The weekdays from Monday 1 January of the year 1 up to a day, which does not count.';
create or replace function working_days_between(after date, up_to date) returns integer
    language sql stable parallel safe
    return greatest(0, weekdays_before(up_to + 1) - weekdays_before(after + 1)
        - (select count(*)::integer from bank_holiday where day > after and day <= up_to and extract(isodow from day) < 6));

-- Only words with a hyphen or an apostrophe are joined, and only letters that
-- have accents are looked through for them.
create or replace function search_words(text text) returns text[]
    language sql immutable parallel safe
    return (
        select coalesce(array_agg(distinct word) filter (where word <> ''), '{}')
        from (select lower(case when octet_length(text) = length(text) then text
                else regexp_replace(normalize(text, nfkd), '[\u0300-\u036f]', '', 'g') end)) plain (line),
            regexp_split_to_table(line || coalesce((
                select ' ' || regexp_replace(string_agg(part, ' '), '[''’‘`‐‑–-]', '', 'g')
                from string_to_table(line, ' ') part where part ~ '[''’‘`‐‑–-]'), ''),
                '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') word);

-- Every part of the queue is an equal part of the indexes, also of a person's
-- cases; what filters and sorts by days stands beside the days.
drop index expression_queue_received;
drop index expression_queue_due;
drop index expression_stage_due;
drop index expression_assignee_received;
drop index expression_assignee_due;
drop index expression_assignee_changed;
create index expression_queue_received on expression (queue, received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help);
create index expression_queue_due on expression (queue, coalesce(due_on, 'infinity'), received_at, id)
    include (due_on, updated_at, assignee_id, stage, profession, help);
create index expression_stage_due on expression (queue, stage, coalesce(due_on, 'infinity'), received_at, id) include (due_on);
create index expression_assignee_received on expression (assignee_id, queue, received_at, id);
create index expression_assignee_due on expression (assignee_id, queue, coalesce(due_on, 'infinity'), received_at, id) include (due_on);
create index expression_assignee_changed on expression (assignee_id, queue, updated_at, id);
drop index expression_facets;
create index expression_facets on expression using gin (search, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512);

-- +goose Down

drop index expression_facets;
create index expression_facets on expression using gin (search, queue, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512);
drop index expression_assignee_changed;
drop index expression_assignee_due;
drop index expression_assignee_received;
drop index expression_stage_due;
drop index expression_queue_due;
drop index expression_queue_received;
create index expression_queue_received on expression (queue, received_at, id);
create index expression_queue_due on expression (queue, coalesce(due_on, 'infinity'), received_at, id);
create index expression_stage_due on expression (queue, stage, coalesce(due_on, 'infinity'), received_at, id);
create index expression_assignee_received on expression (assignee_id, received_at, id) where queue in ('ours', 'returner', 'on-hold');
create index expression_assignee_due on expression (assignee_id, coalesce(due_on, 'infinity'), received_at, id) where queue in ('ours', 'returner', 'on-hold');
create index expression_assignee_changed on expression (assignee_id, updated_at, id) where queue in ('ours', 'returner', 'on-hold');
create or replace function search_words(text text) returns text[]
    language sql immutable parallel safe
    return (
        select coalesce(array_agg(distinct word) filter (where word <> ''), '{}')
        from (select lower(regexp_replace(normalize(text, nfkd), '[\u0300-\u036f]', '', 'g'))) plain (line),
            regexp_split_to_table(line || ' ' || regexp_replace(line, '[''’‘`‐‑–-]', '', 'g'),
                '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') word);
create or replace function working_days_between(after date, up_to date) returns integer
    language sql stable parallel safe
    return (
        select count(*)::integer from generate_series(1, up_to - after) step
        where extract(isodow from after + step) < 6
            and not exists (select from bank_holiday where day = after + step));
drop function weekdays_before(date);
alter table expression alter column result set compression default;
alter table expression reset (toast_tuple_target);
alter table expression alter column search set storage extended;
