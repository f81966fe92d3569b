export const supabase = {};
