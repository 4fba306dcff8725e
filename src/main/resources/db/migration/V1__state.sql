-- The states of all sources and what happened to them: docs/adr/0013-postgresql.md. Names come from outside and may be longer
-- than an index allows, so a digest of them is what is unique.
create function heartbeat_digest(name text) returns bytea
language sql immutable strict parallel safe
return substring(sha256(convert_to(name, 'UTF8')) for 16);

-- One row per source. stamp: of the newest commit; before: the stamps before it, newest first; head: all but the targets, JSON.
create table heartbeat_sources (
  id integer generated always as identity primary key,
  name text not null,
  version bigint not null,
  stamp text not null,
  before text[] not null,
  head text not null
) with (fillfactor = 50);
create unique index heartbeat_sources_name on heartbeat_sources (heartbeat_digest(name));

-- One row per target (kind:name) and for its minutes, written only when more than its instant changed; version: of the commit
-- that wrote it, or, where value is null, deleted it.
create table heartbeat_fields (
  source integer not null references heartbeat_sources on delete cascade,
  field text not null,
  value text,
  version bigint not null
);
create unique index heartbeat_fields_field on heartbeat_fields (source, heartbeat_digest(field));
create index heartbeat_fields_version on heartbeat_fields (source, version);

-- The last state of what is no more.
create table heartbeat_retired (
  source integer not null references heartbeat_sources on delete cascade,
  field text not null,
  value text not null
);
create unique index heartbeat_retired_field on heartbeat_retired (source, heartbeat_digest(field));

-- The newest transitions of all sources. Their ids are millis-nth, and grow in the order of the commits; previous: the id of
-- the one before.
create table heartbeat_outbox (
  millis bigint not null,
  nth bigint not null,
  previous text not null,
  transition text not null,
  primary key (millis, nth)
);

-- The newest 1,000 transitions of each source, with the ids that they have in the outbox.
create table heartbeat_transitions (
  source integer not null references heartbeat_sources on delete cascade,
  millis bigint not null,
  nth bigint not null,
  transition text not null,
  primary key (source, millis, nth)
);

-- How far a reader of the outbox is, and who reads for it until when.
create table heartbeat_readers (
  name text primary key,
  position text,
  notes text,
  holder text,
  until timestamptz
) with (fillfactor = 50);

-- What one count of an hour says of a target.
create table heartbeat_latencies (
  source text not null,
  hour timestamptz not null,
  count text not null,
  field text not null,
  histogram text not null
) with (fillfactor = 70);
create unique index heartbeat_latencies_count
  on heartbeat_latencies (heartbeat_digest(field), heartbeat_digest(source), hour, count);
create index heartbeat_latencies_hour on heartbeat_latencies (hour);

-- Adds to the outbox, and to what is kept of the source. Whoever adds holds the lock until the commit, so that nobody sees an
-- entry before all that have smaller ids.
create function heartbeat_tell(its_source integer, told text[], outbox_length integer) returns void
language plpgsql as $$
declare
  former record;
  now_millis bigint := floor(extract(epoch from clock_timestamp()) * 1000);
  former_nth bigint;
  newest_nth bigint;
  slack integer := greatest(outbox_length / 10, 1);
begin
  perform pg_advisory_xact_lock(hashtext('heartbeat_outbox'));
  select millis, nth into former from heartbeat_outbox order by millis desc, nth desc limit 1;
  now_millis := greatest(now_millis, former.millis);
  former_nth := coalesce(former.nth, 0);
  newest_nth := former_nth + cardinality(told);
  insert into heartbeat_outbox (millis, nth, previous, transition)
    select now_millis, former_nth + i,
        case when i > 1 then now_millis || '-' || former_nth + i - 1 else coalesce(former.millis || '-' || former.nth, '0-0') end,
        transition
      from unnest(told) with ordinality as each (transition, i);
  insert into heartbeat_transitions (source, millis, nth, transition)
    select its_source, now_millis, former_nth + i, transition
      from unnest(told) with ordinality as each (transition, i) where i > cardinality(told) - 1000;
  delete from heartbeat_transitions where source = its_source and (millis, nth) <
    (select millis, nth from heartbeat_transitions where source = its_source order by millis desc, nth desc offset 999 limit 1);
  -- Now and then, for it looks at the whole outbox.
  if newest_nth / slack > former_nth / slack then
    delete from heartbeat_outbox where nth <= newest_nth - outbox_length;
  end if;
end $$;

-- Commits one change of one source, or writes nothing and answers false, because the source has moved on from the stamp that
-- the caller holds. A commit that was made already, and whose answer was lost, is known by its stamp: true.
create function heartbeat_commit(its_name text, held_stamp text, new_stamp text, new_version bigint, new_head text,
  written text[], texts text[], deleted text[], dropped text[], gone text[], gone_texts text[], told text[],
  outbox_length integer) returns boolean
language plpgsql set lock_timeout = '4s' as $$
declare
  its_source integer;
begin
  if held_stamp = '' then
    insert into heartbeat_sources (name, version, stamp, before, head)
      values (its_name, new_version, new_stamp, '{}', new_head) on conflict do nothing returning id into its_source;
  else
    update heartbeat_sources set version = new_version, stamp = new_stamp, head = new_head, before = (held_stamp || before)[1:50]
      where heartbeat_digest(name) = heartbeat_digest(its_name) and stamp = held_stamp returning id into its_source;
  end if;
  if its_source is null then
    return exists (select from heartbeat_sources
      where heartbeat_digest(name) = heartbeat_digest(its_name) and (stamp = new_stamp or new_stamp = any (before)));
  end if;
  if cardinality(written) > 0 then
    insert into heartbeat_fields (source, field, value, version)
      select its_source, field, value, new_version from unnest(written, texts) as each (field, value)
      on conflict (source, heartbeat_digest(field)) do update set value = excluded.value, version = excluded.version;
  end if;
  if cardinality(deleted) > 0 then
    update heartbeat_fields set value = null, version = new_version
      where source = its_source and heartbeat_digest(field) in (select heartbeat_digest(name) from unnest(deleted) as name);
  end if;
  -- Of what follows from the rest (the minutes of hours that are closed, or of a target that is no more) no trace need stay.
  if cardinality(dropped) > 0 then
    delete from heartbeat_fields
      where source = its_source and heartbeat_digest(field) in (select heartbeat_digest(name) from unnest(dropped) as name);
  end if;
  if cardinality(gone) > 0 then
    insert into heartbeat_retired (source, field, value)
      select its_source, field, value from unnest(gone, gone_texts) as each (field, value)
      on conflict (source, heartbeat_digest(field)) do update set value = excluded.value;
  end if;
  if cardinality(told) > 0 then
    perform heartbeat_tell(its_source, told, outbox_length);
  end if;
  return true;
end $$;
