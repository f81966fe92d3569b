export const profileFields = 'id, handle, display_name';
