-- +goose Up

create table profession (
    slug       text primary key,
    name       text not null,
    singular   text not null,
    summary    text not null,
    position   integer not null unique,
    aliases    text[],
    works      text[],
    to_add     text[],
    reviewed   date not null,
    review_by  date not null,
    body       text not null,
    constraint profession_review_order check (review_by >= reviewed)
);
comment on table profession is 'The page of each allied health profession. The closed list itself, which rules rely on, is in the program.';

create table profession_branch (
    profession_slug text not null references profession on delete cascade,
    slug            text not null,
    position        integer not null,
    name            text not null,
    singular        text not null,
    summary         text not null,
    primary key (profession_slug, slug)
);
comment on table profession_branch is 'The branches that a profession divides into, such as diagnostic and therapeutic radiographers.';

create table profession_profile (
    profession_slug text not null references profession on delete cascade,
    position        integer not null,
    name            text not null,
    branch          text not null default '',
    found           text[],
    plans           text[],
    support_roles   text[],
    cancer_pathway  text not null default '',
    primary key (profession_slug, position)
);
comment on table profession_profile is 'What Lancashire Teaching Hospitals said of a profession, or of a branch, in 2022: always shown as theirs.';

create table page (
    section    text not null,
    slug       text not null,
    title      text not null,
    summary    text not null,
    position   integer not null default 0,
    stage      text not null default '',
    version    text not null default '',
    to_add     text[],
    reviewed   date not null,
    review_by  date not null,
    body       text not null,
    primary key (section, slug),
    constraint page_section check (section in ('general', 'careers', 'faculty')),
    constraint page_review_order check (review_by >= reviewed)
);
comment on table page is 'Written pages: general ones, careers and the faculty. Stage groups the careers; version is that of the privacy notice.';

create table faculty (
    only_row                boolean primary key default true check (only_row),
    name                    text not null,
    short_name              text not null,
    ics                     text not null,
    area                    text not null,
    motto                   text not null default '',
    controller              text not null default '',
    controller_address      text not null default '',
    data_protection_officer text not null default '',
    contact_email           text not null default '',
    contact_phone           text not null default '',
    contact_hours           text not null default '',
    contact_post            text not null default '',
    reply_working_days      integer not null default 0 check (reply_working_days >= 0),
    security_contact        text not null default ''
);
comment on table faculty is 'The one row that says whose portal this is. An empty value is one that the faculty has still to set.';
comment on column faculty.data_protection_officer is 'personal: whom people write to about their data; class: contact; kept: until the faculty changes it';
comment on column faculty.contact_email is 'personal: the address that the faculty publishes; class: contact; kept: until the faculty changes it';
comment on column faculty.contact_phone is 'personal: the telephone number that the faculty publishes; class: contact; kept: until the faculty changes it';
comment on column faculty.contact_post is 'personal: the postal address that the faculty publishes; class: contact; kept: until the faculty changes it';
comment on column faculty.security_contact is 'personal: whom people tell of a weakness in the portal; class: contact; kept: until the faculty changes it';

create table organisation (
    slug         text primary key,
    name         text not null,
    abbreviation text not null default '',
    kind         text not null,
    note         text not null default '',
    position     integer not null
);
comment on table organisation is 'The organisations that make up the council and the faculty.';

create table faculty_group (
    slug          text primary key,
    name          text not null,
    kind          text not null,
    position      integer not null,
    summary       text not null,
    aim           text not null default '',
    project       text not null default '',
    partners_note text not null default '',
    state         text not null,
    state_note    text not null default '',
    facts         text[],
    to_add        text[],
    reviewed      date not null,
    review_by     date not null,
    constraint faculty_group_kind check (kind in ('action-group', 'sub-group')),
    constraint faculty_group_state check (state in ('started', 'scoping', 'meeting')),
    constraint faculty_group_review_order check (review_by >= reviewed)
);
comment on table faculty_group is 'Action groups and sub-groups of the faculty, each with its aim, its project and its state.';

create table faculty_group_partner (
    group_slug        text not null references faculty_group on delete cascade,
    organisation_slug text not null references organisation on delete cascade,
    position          integer not null,
    primary key (group_slug, organisation_slug)
);
comment on table faculty_group_partner is 'Which organisations work together in a group.';

create table strategy (
    slug     text primary key,
    title    text not null,
    owner    text not null,
    period   text not null default '',
    state    text not null,
    position integer not null,
    summary  text not null,
    notes    text[],
    profile  jsonb,
    constraint strategy_state check (state in ('past', 'current', 'unknown'))
);
comment on table strategy is 'Workforce strategies and sets of goals, local and national. Profile is the dated workforce profile that one may carry: headlines and charts.';

create table commitment (
    strategy_slug text not null references strategy on delete cascade,
    slug          text not null,
    number        integer not null,
    name          text not null,
    summary       text[],
    primary key (strategy_slug, slug),
    unique (strategy_slug, number)
);
comment on table commitment is 'What a strategy promises; its themes serve these.';

create table theme (
    strategy_slug text not null references strategy on delete cascade,
    slug          text not null,
    number        integer not null,
    name          text not null,
    summary       text not null default '',
    primary key (strategy_slug, slug),
    unique (strategy_slug, number)
);
comment on table theme is 'The subjects that a strategy is divided into.';

create table theme_commitment (
    strategy_slug   text not null,
    theme_slug      text not null,
    commitment_slug text not null,
    primary key (strategy_slug, theme_slug, commitment_slug),
    foreign key (strategy_slug, theme_slug) references theme on delete cascade,
    foreign key (strategy_slug, commitment_slug) references commitment on delete cascade
);
comment on table theme_commitment is 'Which commitments a theme serves.';

create table objective (
    strategy_slug text not null,
    theme_slug    text not null,
    slug          text not null,
    number        integer not null,
    title         text not null,
    text          text not null,
    primary key (strategy_slug, slug),
    unique (strategy_slug, theme_slug, number),
    foreign key (strategy_slug, theme_slug) references theme on delete cascade
);
comment on table objective is 'What a strategy sets out to do, theme by theme. No year and no state: the sources give none.';

create table metric (
    strategy_slug text not null references strategy on delete cascade,
    slug          text not null,
    position      integer not null,
    name          text not null,
    measure       text not null,
    unit          text not null default '',
    direction     text not null default '',
    note          text not null default '',
    primary key (strategy_slug, slug)
);
comment on table metric is 'What a strategy measures its success by.';

create table metric_target (
    strategy_slug text not null,
    metric_slug   text not null,
    year          integer not null check (year > 0),
    text          text not null,
    low           double precision,
    high          double precision,
    primary key (strategy_slug, metric_slug, year),
    foreign key (strategy_slug, metric_slug) references metric on delete cascade
);
comment on table metric_target is 'The target of a metric in one year of its strategy, in words, with a low and a high where there are numbers.';

create table search_entry (
    kind     text not null,
    parent   text not null default '',
    slug     text not null,
    title    text not null,
    excerpt  text not null default '',
    aliases  text not null default '',
    body     text not null default '',
    document tsvector not null generated always as (
        setweight(to_tsvector('english', title), 'A')
        || setweight(to_tsvector('english', aliases), 'A')
        || setweight(to_tsvector('english', excerpt), 'B')
        || setweight(to_tsvector('english', body), 'D')
    ) stored,
    primary key (kind, parent, slug)
);
comment on table search_entry is 'What the search of the site looks through: one row for each thing that has an address, rebuilt when content changes.';
create index search_entry_document on search_entry using gin (document);

-- +goose Down

drop table search_entry, metric_target, metric, objective, theme_commitment, theme, commitment, strategy,
    faculty_group_partner, faculty_group, organisation, faculty, page,
    profession_profile, profession_branch, profession;
