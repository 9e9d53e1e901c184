-- +goose Up

create extension if not exists pg_trgm;

create table stage_move (
    from_stage text not null,
    to_stage   text not null,
    primary key (from_stage, to_stage)
);
comment on table stage_move is 'The moves of a case that are allowed. The program holds the same table; a test compares them.';
insert into stage_move (from_stage, to_stage) values
    ('received', 'in-review'), ('received', 'contacted'), ('received', 'declined'), ('received', 'withdrawn'), ('received', 'closed'),
    ('in-review', 'contacted'), ('in-review', 'declined'), ('in-review', 'withdrawn'), ('in-review', 'closed'),
    ('contacted', 'finding-placement'), ('contacted', 'in-review'), ('contacted', 'declined'), ('contacted', 'withdrawn'), ('contacted', 'closed'),
    ('finding-placement', 'updating'), ('finding-placement', 'contacted'), ('finding-placement', 'declined'), ('finding-placement', 'withdrawn'), ('finding-placement', 'closed'),
    ('updating', 'applied-to-regulator'), ('updating', 'finding-placement'), ('updating', 'withdrawn'), ('updating', 'closed'),
    ('applied-to-regulator', 'returned'), ('applied-to-regulator', 'updating'), ('applied-to-regulator', 'withdrawn'), ('applied-to-regulator', 'closed'),
    ('returned', 'applied-to-regulator'),
    ('declined', 'in-review'), ('withdrawn', 'in-review'), ('closed', 'in-review');

create table stage_reason (
    stage  text not null,
    reason text not null,
    primary key (stage, reason)
);
comment on table stage_reason is 'Why a case may be declined, withdrawn or closed. The program holds the same lists; a test compares them.';
insert into stage_reason (stage, reason) values
    ('declined', 'outside-area'), ('declined', 'another-route'), ('declined', 'no-capacity'), ('declined', 'duplicate'), ('declined', 'not-genuine'), ('declined', 'other'),
    ('withdrawn', 'changed-mind'), ('withdrawn', 'found-elsewhere'), ('withdrawn', 'personal'), ('withdrawn', 'cost'), ('withdrawn', 'not-said'),
    ('closed', 'no-answer'), ('closed', 'cannot-be-reached');

create table draft (
    id         uuid primary key default gen_random_uuid(),
    answers    jsonb not null default '{}',
    versions   jsonb not null default '{}',
    revision   integer not null default 0,
    reference  text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null,
    constraint draft_sent_is_empty check (reference is null or answers = '{}')
);
create index draft_expires_at on draft (expires_at);
comment on table draft is 'Expressions of interest that are being filled in. A sent one is empty and knows the reference it became.';
comment on column draft.answers is 'personal: to let a returner fill in the form in their own time; class: identity, contact, professional; kept: until it is sent, or 28 days after the last change';
comment on column draft.versions is 'How often each step was saved, so that two tabs cannot overwrite each other unseen.';
comment on column draft.revision is 'How often anything was saved, so that what is sent is what was checked.';
comment on column draft.reference is 'personal: to answer a second sending with the reference of the first; class: technical; kept: until the draft expires';

create table expression (
    id                      uuid primary key default gen_random_uuid(),
    reference               text not null,
    draft_id                uuid not null,
    received_at             timestamptz not null,
    profession              text not null,
    branch                  text not null default '',
    standing                text not null,
    abroad                  boolean not null,
    last_practised          date,
    last_practised_day      boolean not null default false,
    qualified               date,
    qualified_day           boolean not null default false,
    name                    text not null,
    registered_name         text not null default '',
    email                   text not null,
    phone                   text not null default '',
    contact_by              text not null,
    postcode_area           text not null,
    register_number         text not null default '',
    register_number_unusual boolean not null default false,
    programme               boolean not null,
    programme_reference     text not null default '',
    last_role               text not null default '',
    last_setting            text not null default '',
    years_practised         integer,
    any_organisation        boolean not null,
    organisations           text[] not null,
    settings                text[] not null,
    hours                   text not null,
    start_choice            text not null,
    start_from              date,
    help                    text[] not null,
    privacy_version         text not null,
    result                  jsonb not null,
    rule_version            text not null,
    stage                   text not null default 'received',
    stage_reason            text,
    stage_since             timestamptz not null,
    turn                    text not null default 'ours',
    hold_reason             text,
    hold_until              date,
    assignee_id             uuid references staff_account,
    version                 integer not null default 1,
    updated_at              timestamptz not null,
    search_text             text not null generated always as (
        lower(reference || ' ' || replace(reference, '-', '') || ' ' || name || ' ' || registered_name
            || ' ' || email || ' ' || register_number)) stored,
    constraint expression_reference_key unique (reference),
    constraint expression_draft_id_key unique (draft_id),
    constraint expression_stage check (stage in ('received', 'in-review', 'contacted', 'finding-placement', 'updating',
        'applied-to-regulator', 'returned', 'declined', 'withdrawn', 'closed')),
    constraint expression_stage_reason_needed check ((stage in ('declined', 'withdrawn', 'closed')) = (stage_reason is not null)),
    constraint expression_stage_reason foreign key (stage, stage_reason) references stage_reason,
    constraint expression_turn check (turn in ('ours', 'returner', 'on-hold')),
    constraint expression_hold check ((turn = 'on-hold') = (hold_reason is not null and hold_until is not null)
        and hold_reason in ('returner-asked', 'waiting-for-placement', 'waiting-for-regulator', 'other'))
);
create index expression_newest on expression (received_at desc, id desc);
create index expression_stage_newest on expression (stage, received_at desc, id desc);
create index expression_profession_newest on expression (profession, received_at desc, id desc);
create index expression_assignee on expression (assignee_id) where assignee_id is not null;
create index expression_search on expression using gin (search_text gin_trgm_ops);
comment on table expression is 'Expressions of interest that were sent, and where each case stands.';
comment on column expression.reference is 'personal: to speak about a case without a name; class: technical; kept: 12 months after the case ends';
comment on column expression.draft_id is 'The draft it was sent from: one draft makes one expression.';
comment on column expression.profession is 'personal: to find a placement in their profession; class: professional; kept: 12 months after the case ends';
comment on column expression.branch is 'personal: to find a placement in their branch; class: professional; kept: 12 months after the case ends';
comment on column expression.standing is 'personal: to work out the days of updating; class: professional; kept: 12 months after the case ends';
comment on column expression.abroad is 'personal: to work out the days of updating; class: professional; kept: 12 months after the case ends';
comment on column expression.last_practised is 'personal: to work out the days of updating; class: professional; kept: 12 months after the case ends';
comment on column expression.last_practised_day is 'Whether the day is known; if not, the date is the first of the month.';
comment on column expression.qualified is 'personal: to work out the days of updating; class: professional; kept: 12 months after the case ends';
comment on column expression.qualified_day is 'Whether the day is known; if not, the date is the first of the month.';
comment on column expression.name is 'personal: to know and address the returner; class: identity; kept: 12 months after the case ends';
comment on column expression.registered_name is 'personal: to find them on the register; class: identity; kept: 12 months after the case ends';
comment on column expression.email is 'personal: to write to the returner; class: contact; kept: 12 months after the case ends';
comment on column expression.phone is 'personal: to ring the returner; class: contact; kept: 12 months after the case ends';
comment on column expression.contact_by is 'personal: to reach the returner the way they like; class: contact; kept: 12 months after the case ends';
comment on column expression.postcode_area is 'personal: to find a placement near by; class: contact; kept: 12 months after the case ends';
comment on column expression.register_number is 'personal: to find them on the register; class: professional; kept: 12 months after the case ends';
comment on column expression.register_number_unusual is 'Whether the returner confirmed a number that does not look like one of the profession.';
comment on column expression.programme is 'personal: to know what support they can have; class: professional; kept: 12 months after the case ends';
comment on column expression.programme_reference is 'personal: to find them on the national programme; class: professional; kept: 12 months after the case ends';
comment on column expression.last_role is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.last_setting is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.years_practised is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.any_organisation is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.organisations is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.settings is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.hours is 'personal: to find a placement that fits; class: professional; kept: 12 months after the case ends';
comment on column expression.start_choice is 'personal: to find a placement in time; class: professional; kept: 12 months after the case ends';
comment on column expression.start_from is 'personal: to find a placement in time; class: professional; kept: 12 months after the case ends';
comment on column expression.help is 'personal: to give the help they asked for; class: professional; kept: 12 months after the case ends';
comment on column expression.result is 'personal: to explain the days of updating that were shown, with the answers they came from; class: professional; kept: 12 months after the case ends';
comment on column expression.rule_version is 'The version of the rules that the result was computed with.';
comment on column expression.stage_reason is 'personal: to know why a case ended; class: professional; kept: 12 months after the case ends';
comment on column expression.hold_reason is 'personal: to know why a case is on hold; class: professional; kept: 12 months after the case ends';
comment on column expression.version is 'How often the case was changed, so that two people cannot overwrite each other.';
comment on column expression.search_text is 'personal: to find a case by reference, name, email address or register number; class: identity, contact, professional; kept: 12 months after the case ends';

-- +goose StatementBegin
create function check_stage_move() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.stage <> 'received' then
        raise exception 'a case begins as received' using errcode = 'check_violation', constraint = 'expression_stage_move';
    end if;
    if tg_op = 'UPDATE' and new.stage <> old.stage
        and not exists (select from stage_move where from_stage = old.stage and to_stage = new.stage) then
        raise exception 'a case may not move from % to %', old.stage, new.stage
            using errcode = 'check_violation', constraint = 'expression_stage_move';
    end if;
    return new;
end
$$;
-- +goose StatementEnd
create trigger expression_stage_move before insert or update of stage on expression
    for each row execute function check_stage_move();

create table event (
    id            bigint generated always as identity primary key,
    expression_id uuid not null references expression on delete cascade,
    at            timestamptz not null,
    kind          text not null,
    actor_kind    text not null,
    actor_id      text not null default '',
    from_stage    text,
    to_stage      text,
    reason        text,
    form_key      text,
    constraint event_form_key unique (form_key),
    constraint event_kind check (kind in ('received', 'moved', 'noted')),
    constraint event_move_complete check ((kind = 'moved') = (from_stage is not null and to_stage is not null)),
    constraint event_stage_move foreign key (from_stage, to_stage) references stage_move,
    constraint event_reason foreign key (to_stage, reason) references stage_reason (stage, reason)
);
create index event_expression on event (expression_id, id);
comment on table event is 'The timeline of a case. What is personal in an event is in event_detail, which can be erased.';
comment on column event.actor_id is 'personal: to know which member of staff acted, the id of an account; class: technical; kept: with the case';
comment on column event.reason is 'personal: to know why a case ended; class: professional; kept: 12 months after the case ends';
comment on column event.form_key is 'A hash of the key of the form that caused it and of what it said: a form sent twice makes one event.';

create table event_detail (
    event_id  bigint primary key references event on delete cascade,
    note      text not null default '',
    old_value text not null default '',
    new_value text not null default ''
);
comment on table event_detail is 'The personal part of an event, apart so that it can be erased while the timeline stays.';
comment on column event_detail.note is 'personal: to keep what staff noted about a case; class: free text; kept: 12 months after the case ends';
comment on column event_detail.old_value is 'personal: to know what an answer was before it was corrected; class: free text; kept: 12 months after the case ends';
comment on column event_detail.new_value is 'personal: to know what an answer was corrected to; class: free text; kept: 12 months after the case ends';

-- +goose Down

drop table event_detail;
drop table event;
drop table expression;
drop function check_stage_move();
drop table draft;
drop table stage_reason;
drop table stage_move;
