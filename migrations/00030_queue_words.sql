-- +goose Up

-- One index of facets and words for what is ours, which alone has days, also while
-- it is set aside; one for what waits, one for what has ended. What has a day comes
-- first: of the cases with a word a fifth is read to fill a page, and no tab reads
-- what is in none of its parts. "Is true" keeps the other indexes from being asked
-- for a part.
drop index expression_facets;
create index expression_facets_ours on expression using gin (search, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512) where (queue in ('ours', 'aside')) is true;
create index expression_facets_waiting on expression using gin (search, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512) where (queue in ('returner', 'on-hold')) is true;
create index expression_facets_ended on expression using gin (search, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512) where (queue in ('ended')) is true;
-- A word is looked for in each of them: a query that names none of their conditions
-- reads the whole table.
-- +goose StatementBegin
create or replace function forget_name_words() returns trigger language plpgsql as $$
begin
    delete from public.name_word n
    where n.word = any (public.name_words(old.name, old.registered_name))
        and not exists (select from public.expression e
            where e.search @@ quote_literal(n.word)::tsquery and n.word = any (public.name_words(e.name, e.registered_name))
                and (e.queue in ('ours', 'aside')) is true)
        and not exists (select from public.expression e
            where e.search @@ quote_literal(n.word)::tsquery and n.word = any (public.name_words(e.name, e.registered_name))
                and (e.queue in ('returner', 'on-hold')) is true)
        and not exists (select from public.expression e
            where e.search @@ quote_literal(n.word)::tsquery and n.word = any (public.name_words(e.name, e.registered_name))
                and (e.queue in ('ended')) is true);
    return null;
end
$$;
-- +goose StatementEnd

-- What came from a day on is due from that day on, but for cases that were due
-- before they came: hardly any, so that to look for one takes no time.
create index expression_due_before on expression (due_on) where due_on < (received_at at time zone 'Europe/London')::date;

-- +goose Down

drop index expression_due_before;
drop index expression_facets_ended;
drop index expression_facets_waiting;
drop index expression_facets_ours;
create index expression_facets on expression using gin (search, stage, profession, assignee_id, organisations, help)
    with (gin_pending_list_limit = 512);
-- +goose StatementBegin
create or replace function forget_name_words() returns trigger language plpgsql as $$
begin
    delete from public.name_word n
    where n.word = any (public.name_words(old.name, old.registered_name))
        and not exists (select from public.expression e
            where e.search @@ quote_literal(n.word)::tsquery and n.word = any (public.name_words(e.name, e.registered_name)));
    return null;
end
$$;
-- +goose StatementEnd
