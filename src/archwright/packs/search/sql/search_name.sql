-- What a row is called, or how its text begins where it has no name: it is found by this even when it is written wrongly.
create function private.search_name(p_row jsonb) returns text
language sql immutable parallel safe set search_path = '' as $$
  select private.plain_text(left(coalesce(
    nullif(
      concat_ws(
        ' ', p_row ->> 'handle', p_row ->> 'display_name', p_row ->> 'tag', p_row ->> 'name', p_row ->> 'title'
      ),
      ''
    ),
    p_row ->> 'caption',
    p_row ->> 'body',
    ''
  ), 200))
$$;
