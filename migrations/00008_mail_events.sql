-- +goose Up

alter table mail add column tried_at timestamptz;
create index mail_subject on mail (subject_id);
comment on column mail.occasion is 'Tells mails of one kind about one thing apart, such as two password resets, or the event of a case that a mail tells of; empty where there can only be one.';

alter table expression add column mail_trouble text
    constraint expression_mail_trouble check (mail_trouble in ('refused', 'bounced'));
comment on column expression.mail_trouble is 'personal: to know that mail does not reach the returner, and ring or write instead; class: contact; kept: as retention says for an ended expression';

alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted', 'bounced', 'reachable', 'readdressed'));

-- +goose Down

-- What the older timeline has no word for stays as a note, without its change of address.
update event set kind = 'noted' where kind in ('bounced', 'reachable', 'readdressed');
alter table event drop constraint event_kind;
alter table event add constraint event_kind check (kind in ('received', 'moved', 'noted'));
alter table expression drop column mail_trouble;
drop index mail_subject;
alter table mail drop column tried_at;
