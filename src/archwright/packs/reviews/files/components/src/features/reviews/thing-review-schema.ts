import { z } from 'zod';

/** What the database takes for HTML, and refuses. */
const TAG = /<\/?[a-z!][^<>]*>/iu;

const plain = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !TAG.test(text), 'reviews.plainText');

/** What the form of a review takes. Stars alone will do; a text has a headline. */
export const reviewSchema = z
  .object({
    stars: z.number().int().min(1, 'reviews.starsMissing').max(5),
    title: plain(120),
    body: plain(5000),
  })
  .refine(({ title, body }) => title !== '' || body === '', {
    path: ['title'],
    message: 'reviews.titleMissing',
  });

/** What sellers reply; nothing takes their reply back. */
export const replySchema = z.object({ body: plain(2000) });
