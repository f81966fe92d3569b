-- A library: names in the singular, identity keys, an exclusion, a partitioned table.
create schema archive;
create table branch (
  branch_id integer generated always as identity primary key,
  branch_name text not null unique,
  opened date not null default '1990-01-01'
);
create table author (
  author_id integer generated always as identity primary key,
  full_name text not null,
  born smallint
);
create table book (
  book_id integer generated always as identity primary key,
  isbn char(13) not null unique,
  title text not null,
  pages integer check (pages > 0),
  language char(2) not null default 'en',
  price numeric(8, 2) not null default 9.99 check (price >= 0.01),
  title_length integer generated always as (char_length(title)) stored
);
create table book_author (
  book_id integer not null references book on delete cascade,
  author_id integer not null references author on delete restrict,
  primary key (book_id, author_id)
);
create table copy (
  copy_id integer generated always as identity primary key,
  book_id integer not null references book on delete cascade,
  branch_id integer not null references branch on delete restrict,
  condition text not null default 'good' check (condition = any (array['good', 'worn', 'lost']))
);
create table reader (
  reader_id integer generated always as identity primary key,
  card_number text not null unique check (char_length(card_number) between 8 and 12),
  "Größe" integer,
  guardian_id integer references reader on delete set null
);
create table loan (
  loan_id integer generated always as identity primary key,
  copy_id integer not null references copy,
  reader_id integer not null references reader on delete cascade,
  lent_at timestamp not null default current_timestamp,
  returned_at timestamp,
  check (returned_at is null or returned_at >= lent_at)
);
create table fine (
  loan_id integer primary key references loan on delete cascade,
  amount numeric not null default 0,
  paid boolean
);
create table archive.loan_event (
  loan_id integer not null,
  at timestamptz not null,
  what text not null,
  primary key (loan_id, at)
) partition by range (at);
create table archive.loan_event_2026 partition of archive.loan_event
  for values from ('2026-01-01') to ('2027-01-01');
