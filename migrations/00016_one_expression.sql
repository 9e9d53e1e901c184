-- +goose Up

alter table event
    add column from_assignee uuid,
    add column to_assignee uuid,
    drop constraint event_kind,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued', 'assigned')),
    add constraint event_assigned check ((kind = 'assigned') = (from_assignee is distinct from to_assignee));
comment on column event.from_assignee is 'personal: to know which member of staff had a case, the id of an account; class: technical; kept: with the case';
comment on column event.to_assignee is 'personal: to know which member of staff got a case, the id of an account; class: technical; kept: with the case';

alter table event_detail
    add column mail_says text not null default '',
    add column mail_next text not null default '';
comment on column event_detail.mail_says is 'personal: to tell a returner in a person''s own words what came of their case, and to know what they were told; class: free text; kept: as retention says for an ended expression';
comment on column event_detail.mail_next is 'personal: to tell a returner in a person''s own words what happens next, a point a line; class: free text; kept: as retention says for an ended expression';

-- +goose Down

alter table event_detail drop column mail_says, drop column mail_next;
alter table event
    drop constraint event_assigned,
    drop constraint event_kind;
-- The older timeline has no word for it: it stays as a note without words.
update event set kind = 'noted' where kind = 'assigned';
alter table event
    drop column from_assignee,
    drop column to_assignee,
    add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed',
        'asked', 'answered', 'taken-back', 'corrected', 'held', 'resumed', 'copy-asked', 'copy-given', 'rescued'));
