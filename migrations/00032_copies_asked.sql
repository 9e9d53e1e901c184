-- +goose Up

-- The first page of the staff area says how many wait for a copy of their data,
-- and who asked first.
create index expression_copy_asked on expression (copy_asked_at, id) where copy_asked_at is not null and set_aside_at is null;

-- +goose Down

drop index expression_copy_asked;
