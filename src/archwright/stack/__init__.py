"""The local stack: one process that speaks what a Supabase project speaks, over PostgreSQL."""
