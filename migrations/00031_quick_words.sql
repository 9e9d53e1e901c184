-- +goose Up

-- The same words as before, which every change of a case works out again, at two
-- fifths of the time: what usually stands between words is replaced as it is, and
-- what is rarer is looked for only where there is something of it. A word may be
-- there twice.
-- +goose StatementBegin
create or replace function search_words(text text) returns text[]
    language plpgsql immutable parallel safe as $$
declare
    line text := text;
begin
    if octet_length(line) > length(line) then
        line := regexp_replace(normalize(line, nfkd), '[\u0300-\u036f]', '', 'g');
    end if;
    line := replace(replace(replace(replace(replace(replace(replace(
        lower(line), '.', ' '), ',', ' '), '@', ' '), ':', ' '), ';', ' '), '?', ' '), '_', ' ');
    if line ~ '[^a-z0-9 ''-]' then
        line := regexp_replace(translate(line, '’‘`‐‑–', ''''''''''''''),
            '[\u0001-\u0026\u0028-\u002c\u002e\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g');
    end if;
    if line ~ '[''-]' then
        line := replace(replace(line, '-', ' '), '''', ' ') || ' ' || replace(replace(line, '-', ''), '''', '');
    end if;
    return array_remove(string_to_array(line, ' '), '');
end
$$;
-- +goose StatementEnd
comment on function search_words(text) is 'The words of a text as they are searched; some twice.';

-- Weekdays follow from the date, so that only holidays are gone through: so many
-- as are nearer than the day that is looked for move it on by one day each.
create or replace function add_working_days(after date, days integer) returns date
    language sql stable parallel safe
    return (
        select date '0001-01-01' + weekday / 5 * 7 + weekday % 5
        from (select weekdays_before(after + 1) - 1, case when days > 0 then 1 else -1 end) s (start, direction),
            lateral (
                select start + days + direction * count(*)::integer
                from (
                    select distance, row_number() over (order by distance) as nearest
                    from bank_holiday, lateral (select (weekdays_before(day) - start) * direction) d (distance)
                    where (day > after) = (days > 0) and extract(isodow from day) < 6) holiday
                where distance - nearest < abs(days)) found (weekday));

-- +goose Down

create or replace function add_working_days(after date, days integer) returns date
    language sql stable parallel safe
    return (
        select after + step * direction
        from (select case when days > 0 then 1 else -1 end) d (direction),
            generate_series(case when days > 0 then 1 else 0 end,
                abs(days) * 2 + 4 + (select count(*)::integer from bank_holiday)) step
        where extract(isodow from after + step * direction) < 6
            and not exists (select from bank_holiday where day = after + step * direction)
        order by step
        offset case when days > 0 then days - 1 else -days end limit 1);
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
comment on function search_words(text) is 'The words of a text as they are searched, each once.';
