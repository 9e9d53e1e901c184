-- +goose Up

create table rule_source (
    slug      text primary key,
    position  integer not null,
    publisher text not null,
    title     text not null,
    url       text not null default ''
);
comment on table rule_source is 'The public pages that the regulators'' rules and figures were read on.';
comment on column rule_source.publisher is 'Who publishes the page.';
comment on column rule_source.title is 'The title of the page.';
comment on column rule_source.url is 'The address of the page; empty where it was not kept.';

create table rule_regulator (
    slug     text primary key,
    position integer not null,
    page     text not null
);
comment on table rule_regulator is 'Where each regulator says how people return to practice. The closed list of regulators is in the program.';
comment on column rule_regulator.page is 'The address of the regulator''s page.';

create table rule_figure (
    slug     text primary key,
    position integer not null,
    name     text not null
);
comment on table rule_figure is 'The numbers of the rules, each once. The closed list, with what each counts, is in the program.';
comment on column rule_figure.name is 'What the number says, for staff.';

create table rule_figure_value (
    figure_slug  text not null references rule_figure on delete cascade,
    applies_from date not null,
    value        integer not null check (value >= 0),
    source_slug  text not null references rule_source on delete cascade,
    checked      date not null,
    note         text not null default '',
    primary key (figure_slug, applies_from)
);
comment on table rule_figure_value is 'Every value that a number of the rules has had: it holds for applications from one day until the next value.';
comment on column rule_figure_value.applies_from is 'The first day of applying to the register that the value holds for.';
comment on column rule_figure_value.value is 'The value, in the unit that the program knows for the number.';
comment on column rule_figure_value.source_slug is 'The page that the value was read on.';
comment on column rule_figure_value.checked is 'The day on which somebody last compared the value with its source.';
comment on column rule_figure_value.note is 'What else staff should know about the value.';
create index rule_figure_value_source on rule_figure_value (source_slug);

create table rule (
    slug        text primary key,
    position    integer not null,
    text        text not null,
    source_slug text not null references rule_source on delete cascade,
    checked     date not null
);
comment on table rule is 'The rules as sentences, with a placeholder such as {short-days} for each number.';
comment on column rule.text is 'The sentence, with placeholders.';
comment on column rule.source_slug is 'The page that the rule was read on.';
comment on column rule.checked is 'The day on which somebody last compared the rule with its source.';
create index rule_source_slug on rule (source_slug);
