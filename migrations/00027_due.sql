-- +goose Up

-- Working out again when every case is due takes longer than a request may: a
-- change of what it depends on leaves a job, in its own transaction. However
-- many rows a transaction changes, it leaves one.
-- +goose StatementBegin
create function ask_due() returns trigger language plpgsql as $$
begin
    insert into river_job (kind, queue, args, max_attempts)
    select 'due', 'due', change, 25
    from (select jsonb_build_object('change', pg_current_xact_id()::text)) this (change)
    where not exists (select from river_job where kind = 'due' and args = change and state = 'available');
    return null;
end
$$;
-- +goose StatementEnd
drop trigger stage_limit_due on stage_limit;
drop trigger bank_holiday_due on bank_holiday;
drop trigger faculty_due on faculty;
drop function keep_due();
drop function due_again();
create trigger stage_limit_due after update on stage_limit
    for each row when (old.working_days is distinct from new.working_days) execute function ask_due();
create trigger bank_holiday_due after insert or delete on bank_holiday for each row execute function ask_due();
create trigger faculty_due after update on faculty
    for each row when (old.reply_working_days <> new.reply_working_days) execute function ask_due();
create trigger faculty_due_first after insert on faculty
    for each row when (new.reply_working_days > 0) execute function ask_due();

-- The job looks at the cases that are ours. One that was set aside is among them
-- again with the day of today's times.
drop trigger expression_clock on expression;
create trigger expression_clock before insert or update of stage, turn, set_aside_at on expression
    for each row execute function keep_clock();

-- +goose Down

drop trigger expression_clock on expression;
create trigger expression_clock before insert or update of stage, turn on expression
    for each row execute function keep_clock();
drop trigger faculty_due_first on faculty;
drop trigger faculty_due on faculty;
drop trigger bank_holiday_due on bank_holiday;
drop trigger stage_limit_due on stage_limit;
drop function ask_due();
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
-- +goose StatementBegin
create function keep_due() returns trigger language plpgsql as $$
begin
    perform due_again();
    return null;
end
$$;
-- +goose StatementEnd
create trigger stage_limit_due after update on stage_limit for each statement execute function keep_due();
create trigger bank_holiday_due after insert or update or delete on bank_holiday for each statement execute function keep_due();
create trigger faculty_due after insert or update of reply_working_days on faculty for each statement execute function keep_due();
delete from river_job where kind = 'due';
