-- The words of a row, what it is called first: as they are, and by their English stems.
create function private.search_document(p_row jsonb) returns tsvector
language sql immutable parallel safe set search_path = '' as $$
  with texts as (
    select
      private.search_name(p_row) as name,
      private.plain_text(concat_ws(' ', p_row ->> 'caption', p_row ->> 'body')) as content,
      private.plain_text(concat_ws(' ', p_row ->> 'bio', p_row ->> 'description')) as more
  )
  select setweight(to_tsvector('pg_catalog.simple', name), 'A')
    || setweight(to_tsvector('pg_catalog.simple', content), 'B')
    || setweight(to_tsvector('pg_catalog.english', content), 'B')
    || setweight(to_tsvector('pg_catalog.simple', more), 'D')
    || setweight(to_tsvector('pg_catalog.english', more), 'D')
  from texts
$$;
