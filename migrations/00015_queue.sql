-- +goose Up

-- How many working days lie after one day, up to another one, which counts;
-- none where the other one is earlier.
create function working_days_between(after date, up_to date) returns integer
    language sql stable parallel safe
    return (
        select count(*)::integer from generate_series(1, up_to - after) step
        where extract(isodow from after + step) < 6
            and not exists (select from bank_holiday where day = after + step));
comment on function working_days_between(date, date) is 'The working days after one day, up to another, which counts.';

-- The working day that is so many working days after a day. Where fewer than
-- one are left, it is the one so many before: a case that was late when its
-- clock stopped is as late when it runs again.
create function add_working_days(after date, days integer) returns date
    language sql stable parallel safe
    return (
        select after + step * direction
        from (select case when days > 0 then 1 else -1 end) d (direction),
            -- Far enough for every weekend and every holiday that is known.
            generate_series(case when days > 0 then 1 else 0 end,
                abs(days) * 2 + 4 + (select count(*)::integer from bank_holiday)) step
        where extract(isodow from after + step * direction) < 6
            and not exists (select from bank_holiday where day = after + step * direction)
        order by step
        offset case when days > 0 then days - 1 else -days end limit 1);
comment on function add_working_days(date, integer) is 'The working day that is so many working days after a day.';

-- When a case is due whose clock runs: the one place that says so. A form that
-- is not read yet is due by the time in which the faculty answers everybody,
-- where its stage has no limit of its own.
create function due_day(in_stage text, since date, used integer) returns date
    language sql stable parallel safe
    return (
        select add_working_days(since, days - used)
        from (select coalesce(
            (select working_days from stage_limit where stage = in_stage),
            case when in_stage = 'received' then (select nullif(reply_working_days, 0) from faculty) end)) l (days)
        where since is not null);
comment on function due_day(text, date, integer) is 'The day by which a case should move on whose clock runs; null where its stage has no limit.';

create function day_of(at timestamptz) returns date
    language sql immutable parallel safe
    return (at at time zone 'Europe/London')::date;
comment on function day_of(timestamptz) is 'The day that a time falls on in England.';

create function stage_ends(stage text) returns boolean
    language sql immutable parallel safe
    return stage in ('returned', 'declined', 'withdrawn', 'closed');
comment on function stage_ends(text) is 'Whether nothing more is expected to happen after a stage. The program holds the same list; a test compares them.';

alter table expression
    add column clock_used integer not null default 0,
    add column clock_since date,
    add column due_on date;
comment on column expression.clock_used is 'The working days of this stage that had run when the clock stopped last: it stops while a case waits for the returner or for a day.';
comment on column expression.clock_since is 'The clock runs on the working days after it; null while it is stopped.';
comment on column expression.due_on is 'The day by which the case should move on; null without a limit, while the clock is stopped, and when it ended.';

-- The clock follows the stage and the turn, whoever changes them.
-- +goose StatementBegin
create function keep_clock() returns trigger language plpgsql as $$
declare
    runs boolean := new.turn = 'ours' and not stage_ends(new.stage);
begin
    if tg_op = 'INSERT' or new.stage <> old.stage then
        new.clock_used := 0;
        new.clock_since := case when runs then day_of(new.stage_since) end;
    elsif runs and old.clock_since is null then
        -- The day on which it is ours again counts, unless it is the stage's first.
        new.clock_since := greatest(day_of(new.turn_since) - 1, day_of(new.stage_since));
    elsif not runs and old.clock_since is not null then
        new.clock_used := old.clock_used + working_days_between(old.clock_since, day_of(new.turn_since) - 1);
        new.clock_since := null;
    end if;
    new.due_on := due_day(new.stage, new.clock_since, new.clock_used);
    return new;
end
$$;
-- +goose StatementEnd
create trigger expression_clock before insert or update of stage, turn on expression
    for each row execute function keep_clock();

-- +goose StatementBegin
create function keep_due() returns trigger language plpgsql as $$
begin
    perform due_again();
    return null;
end
$$;
-- +goose StatementEnd

-- Many cases have the same clock: the day is worked out once for each.
-- +goose StatementBegin
create function due_again() returns bigint language sql as $$
    with clock as materialized (
        select stage, clock_since, clock_used, due_day(stage, clock_since, clock_used) as due_on
        from (select distinct stage, clock_since, clock_used from expression where clock_since is not null) every),
    changed as (
        update expression e set due_on = clock.due_on from clock
        where e.stage = clock.stage and e.clock_since = clock.clock_since and e.clock_used = clock.clock_used
            and e.due_on is distinct from clock.due_on
        returning 1)
    select count(*) from changed
$$;
-- +goose StatementEnd
comment on function due_again() is 'Works out again when every case is due whose clock runs; says how many days changed.';
create trigger stage_limit_due after update on stage_limit for each statement execute function keep_due();
create trigger bank_holiday_due after insert or update or delete on bank_holiday for each statement execute function keep_due();
create trigger faculty_due after insert or update of reply_working_days on faculty for each statement execute function keep_due();

-- +goose StatementBegin
create function replay_clock(of_case uuid) returns void language plpgsql as $$
declare
    began date;
    since date;
    used  integer := 0;
    asked boolean := false;
    held  boolean := false;
    waited boolean;
    e     record;
begin
    select day_of(received_at) into began from expression where id = of_case;
    since := began;
    for e in select kind, day_of(at) as day, to_stage from event where expression_id = of_case order by id loop
        waited := asked or held;
        case e.kind
            when 'asked' then asked := true; held := false;
            when 'answered', 'taken-back' then asked := false;
            when 'held' then held := true;
            when 'resumed' then held := false;
            when 'moved' then
                if stage_ends(e.to_stage) then
                    asked := false; held := false;
                end if;
                began := e.day; used := 0; since := e.day;
            else null;
        end case;
        if e.kind = 'moved' and (asked or held) then
            since := null;
        elsif not waited and (asked or held) then
            used := used + working_days_between(since, e.day - 1);
            since := null;
        elsif waited and not (asked or held) and e.kind <> 'moved' then
            since := greatest(e.day - 1, began);
        end if;
    end loop;
    update expression set clock_used = used, clock_since = case when not stage_ends(stage) then since end,
        due_on = case when not stage_ends(stage) then due_day(stage, since, used) end
    where id = of_case;
end
$$;
-- +goose StatementEnd
comment on function replay_clock(uuid) is 'Sets the clock of a case by its timeline, as keep_clock would have on the way.';
select replay_clock(id) from expression;

-- Where a case stands in the queue.
alter table expression add column queue text not null generated always as (case
    when set_aside_at is not null then 'aside'
    when stage in ('returned', 'declined', 'withdrawn', 'closed') then 'ended'
    else turn end) stored;
comment on column expression.queue is 'The part of the queue that the case stands in: ours, returner, on-hold, ended, or aside.';

-- Words as they are searched: small letters without accents, apart and joined
-- at hyphens and apostrophes. Everything that is no letter and no digit parts words.
create function search_words(text text) returns text[]
    language sql immutable parallel safe
    return (
        select coalesce(array_agg(distinct word) filter (where word <> ''), '{}')
        from (select lower(regexp_replace(normalize(text, nfkd), '[\u0300-\u036f]', '', 'g'))) plain (line),
            regexp_split_to_table(line || ' ' || regexp_replace(line, '[''’‘`‐‑–-]', '', 'g'),
                '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') word);
comment on function search_words(text) is 'The words of a text as they are searched, each once.';

-- Every word must begin one that is searched; a single letter must be one.
create function search_query(text text) returns tsquery
    language sql immutable parallel safe
    return (
        select string_agg(quote_literal(word) || case when length(word) > 1 then ':*' else '' end, ' & ')::tsquery
        from unnest((select array_agg(w) from (
            select distinct w
            from (select lower(regexp_replace(normalize(text, nfkd), '[\u0300-\u036f]', '', 'g'))) plain (line),
                regexp_split_to_table(line, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') w
            where w <> '' limit 10) first)) word);
comment on function search_query(text) is 'What a text searches for; null where it has no word.';

alter table expression add column note_text text not null default '';
comment on column expression.note_text is 'personal: to find a case by what was noted about it, all its notes; class: free text; kept: as retention says for an ended expression';
update expression set note_text = noted.text
from (select expression_id, string_agg(note, ' ') as text from event join event_detail on event_id = id where note <> '' group by 1) noted
where expression_id = id;
-- +goose StatementBegin
create function keep_note_text() returns trigger language plpgsql as $$
begin
    update expression set note_text = note_text || ' ' || new.note
    where id = (select expression_id from event where event.id = new.event_id);
    return null;
end
$$;
-- +goose StatementEnd
create trigger event_detail_note_text after insert on event_detail
    for each row when (new.note <> '') execute function keep_note_text();

drop index expression_search;
alter table expression drop column search_text;
alter table expression add column search tsvector not null generated always as (
    array_to_tsvector(search_words(reference || ' ' || name || ' ' || registered_name || ' ' || email || ' ' || register_number
        || ' ' || last_role || ' ' || last_setting || ' ' || note_text))) stored;
comment on column expression.search is 'personal: to find a case by its reference, name, email address, register number, last role and notes; class: identity, contact, professional, free text; kept: as retention says for an ended expression';

-- One index for each way to sort a part of the queue, with and without a stage,
-- and for each person's own and nobody's open cases.
drop index expression_newest;
drop index expression_stage_newest;
drop index expression_profession_newest;
drop index expression_assignee;
create index expression_queue_received on expression (queue, received_at, id);
create index expression_queue_due on expression (queue, coalesce(due_on, 'infinity'), received_at, id);
create index expression_queue_changed on expression (queue, updated_at, id);
create index expression_stage_received on expression (queue, stage, received_at, id);
create index expression_stage_due on expression (queue, stage, coalesce(due_on, 'infinity'), received_at, id);
create index expression_stage_changed on expression (queue, stage, updated_at, id);
create index expression_assignee_received on expression (assignee_id, received_at, id) where queue in ('ours', 'returner', 'on-hold');
create index expression_assignee_due on expression (assignee_id, coalesce(due_on, 'infinity'), received_at, id) where queue in ('ours', 'returner', 'on-hold');
create index expression_assignee_changed on expression (assignee_id, updated_at, id) where queue in ('ours', 'returner', 'on-hold');

-- Every combination of filters and words by one index: several would each give
-- all their rows first. A short list of what is not sorted in yet keeps reading quick.
create extension if not exists btree_gin;
create index expression_facets on expression using gin (search, queue, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512);

-- A word, and the word without each of its letters: of two words that differ by
-- one slip of the keyboard (a letter too many, too few, another one, or two
-- that changed places) something here is the same.
create function near_words(word text) returns text[]
    language sql immutable parallel safe
    return (select array_agg(distinct w) from (
        select word as w union all
        select overlay(word placing '' from i for 1) from generate_series(1, length(word)) i where length(word) > 2) near);
comment on function near_words(text) is 'What a word has in common with those that a slip of the keyboard makes of it.';

create table name_word (
    word text primary key,
    near text[] not null generated always as (near_words(word)) stored
);
create index name_word_near on name_word using gin (near);
comment on table name_word is 'Every word of the names in expressions, to find people by a name that is typed slightly wrong. A job adds new ones.';
comment on column name_word.word is 'personal: to find a person whose name is typed slightly wrong; class: identity; kept: as long as an expression has the word in a name';
comment on column name_word.near is 'personal: the word, and the word without each of its letters; class: identity; kept: with the word';
create table name_word_run (
    one boolean primary key default true check (one),
    at  timestamptz not null
);
comment on table name_word_run is 'Up to when the names of changed expressions were looked at for new words.';

-- Each word as it is, or as the names are written that it is nearly.
create function near_query(text text) returns tsquery
    language sql stable parallel safe
    return (
        select string_agg('(' || quote_literal(typed.word) || case when length(typed.word) > 1 then ':*' else '' end
            || coalesce(' | ' || names.words, '') || ')', ' & ')::tsquery
        from unnest(search_words(regexp_replace(text, '[''’‘`‐‑–-]', ' ', 'g'))) typed (word),
            lateral (select string_agg(quote_literal(near.word), ' | ') from (
                select n.word from name_word n where n.near && near_words(typed.word) and length(typed.word) > 2
                order by similarity(n.word, typed.word) desc, n.word limit 20) near) names (words));
comment on function near_query(text) is 'What a text searches for where its words are not found: names that a slip of the keyboard makes of them, too.';

create function name_words(name text, registered_name text) returns text[]
    language sql immutable parallel safe
    return search_words(name || ' ' || registered_name);
comment on function name_words(text, text) is 'The words of a person''s names as they are searched.';

-- A word goes with the last expression that had it.
-- +goose StatementBegin
create function forget_name_words() returns trigger language plpgsql as $$
begin
    delete from public.name_word n
    where n.word = any (public.name_words(old.name, old.registered_name))
        and not exists (select from public.expression e
            where e.search @@ quote_literal(n.word)::tsquery and n.word = any (public.name_words(e.name, e.registered_name)));
    return null;
end
$$;
-- +goose StatementEnd
create trigger expression_name_words after delete or update of name, registered_name on expression
    for each row execute function forget_name_words();

create table staff_view (
    id         uuid primary key default gen_random_uuid(),
    account_id uuid not null references staff_account on delete cascade,
    name       text not null,
    query      text not null,
    created_at timestamptz not null,
    constraint staff_view_name unique (account_id, name)
);
comment on table staff_view is 'The views of the queue that members of staff saved: filters and a sort, never a search text.';
comment on column staff_view.name is 'personal: what a member of staff called their view; class: free text; kept: until they delete it, or with their account';
comment on column staff_view.query is 'The filters and the sort, as the address has them.';

-- +goose Down

drop table staff_view;
drop trigger expression_name_words on expression;
drop function forget_name_words();
drop function name_words(text, text);
drop function near_query(text);
drop table name_word_run;
drop table name_word;
drop function near_words(text);
drop index expression_facets;
drop extension btree_gin;
drop index expression_queue_received;
drop index expression_queue_due;
drop index expression_queue_changed;
drop index expression_stage_received;
drop index expression_stage_due;
drop index expression_stage_changed;
drop index expression_assignee_received;
drop index expression_assignee_due;
drop index expression_assignee_changed;
alter table expression drop column search;
drop trigger event_detail_note_text on event_detail;
drop function keep_note_text();
alter table expression drop column note_text, drop column queue;
alter table expression add column search_text text not null generated always as (
    lower(reference || ' ' || replace(reference, '-', '') || ' ' || name || ' ' || registered_name
        || ' ' || email || ' ' || register_number)) stored;
comment on column expression.search_text is 'personal: to find a case by reference, name, email address or register number; class: identity, contact, professional; kept: as retention says for an ended expression';
create index expression_newest on expression (received_at desc, id desc);
create index expression_stage_newest on expression (stage, received_at desc, id desc);
create index expression_profession_newest on expression (profession, received_at desc, id desc);
create index expression_assignee on expression (assignee_id) where assignee_id is not null;
create index expression_search on expression using gin (search_text gin_trgm_ops);
drop function search_query(text);
drop function search_words(text);
drop function replay_clock(uuid);
drop trigger faculty_due on faculty;
drop trigger bank_holiday_due on bank_holiday;
drop trigger stage_limit_due on stage_limit;
drop function keep_due();
drop function due_again();
drop trigger expression_clock on expression;
drop function keep_clock();
alter table expression drop column clock_used, drop column clock_since, drop column due_on;
drop function stage_ends(text);
drop function day_of(timestamptz);
drop function due_day(text, date, integer);
drop function add_working_days(date, integer);
drop function working_days_between(date, date);
