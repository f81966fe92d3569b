import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThingComment } from '@/test/sample-thing-comment';
import {
  addThingComment,
  deleteThingComment,
  fetchThingCommentReplies,
  fetchThingComments,
  fetchThingCommentThread,
} from './thing-comments-api';

const { signal } = new AbortController();

function asked(rest: ReturnType<typeof fakeRest>, call = 0): URL {
  const [input] = rest.mock.calls[call] ?? [];
  return new URL(input instanceof Request ? input.url : String(input));
}

describe('fetchThingComments', () => {
  it('asks for threads only', async () => {
    const rest = fakeRest({ thing_comments: [sampleThingComment()] });
    expect(await fetchThingComments('a', { at: '2026-01-02', id: 'c' }, signal)).toHaveLength(1);
    const { searchParams } = asked(rest);
    expect(searchParams.get('thing_id')).toBe('eq.a');
    expect(searchParams.get('parent_id')).toBe('is.null');
    expect(searchParams.get('created_at')).toBe('lte.2026-01-02');
    expect(searchParams.get('order')).toBe('created_at.desc,id.desc');
  });
});

describe('fetchThingCommentReplies', () => {
  it('goes on after the last reply, oldest first', async () => {
    const rest = fakeRest({ thing_comments: [] });
    await fetchThingCommentReplies('p', { at: '2026-01-02', id: 'c' }, signal);
    const { searchParams } = asked(rest);
    expect(searchParams.get('created_at')).toBe('gte.2026-01-02');
    expect(searchParams.get('or')).toBe('(created_at.gt."2026-01-02",id.gt.c)');
    expect(searchParams.get('order')).toBe('created_at.asc,id.asc');
  });
});

describe('fetchThingCommentThread', () => {
  it('leads from a reply to the comment that its thread starts with', async () => {
    const rest = fakeRest({});
    rest
      .mockResolvedValueOnce(Response.json([sampleThingComment({ id: 'r', parent_id: 'p' })]))
      .mockResolvedValueOnce(Response.json([sampleThingComment({ id: 'p' })]));
    expect(await fetchThingCommentThread('r', signal)).toMatchObject({ id: 'p' });
    expect(asked(rest, 1).searchParams.get('id')).toBe('eq.p');
  });

  it('gives null for a comment that is not there', async () => {
    fakeRest({ thing_comments: [] });
    expect(await fetchThingCommentThread('x', signal)).toBeNull();
    fakeRest({ thing_comments: { code: '22P02', message: 'invalid input syntax for uuid' } }, 400);
    expect(await fetchThingCommentThread('no-id', signal)).toBeNull();
  });
});

describe('addThingComment', () => {
  it('sends what a client may write and reads the row back', async () => {
    const rest = fakeRest({ thing_comments: sampleThingComment() });
    const comment = { thing_id: 'a', parent_id: null, body: 'Hello' };
    expect(await addThingComment(comment)).toMatchObject({ body: 'How lovely' });
    expect(rest.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      body: JSON.stringify(comment),
    });
  });
});

describe('deleteThingComment', () => {
  it('passes on a refusal', async () => {
    fakeRest({ delete_thing_comment: { code: '42501', message: 'not your comment' } }, 403);
    await expect(deleteThingComment('c')).rejects.toMatchObject({ code: '42501' });
  });
});
