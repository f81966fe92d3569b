/** What is fetched of a clip wherever one is shown. */
export const clipFields = 'id, caption, author:profiles!clips_author_id_fkey(id, handle), like_count, viewer_liked';
