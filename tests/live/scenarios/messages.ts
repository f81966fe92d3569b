import { beforeAll, expect, test } from 'vitest';
import { blockMember, unblockMember } from '@/features/blocks/blocks-api';
import { acceptRequest, follow } from '@/features/follows/follows-api';
import {
  fetchCanMessage,
  fetchConversations,
  fetchLatestMessageTime,
  fetchParticipants,
  fetchUnreadConversations,
  markConversationRead,
  openConversation,
} from '@/features/messages/conversations-api';
import { deleteMessage, fetchMessages, sendMessage } from '@/features/messages/messages-api';
import { updateProfile } from '@/features/profiles/profiles-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, crowd, ids, join, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let eve: Member;
let talk: string;
const write = (body: string, conversationId = talk) =>
  sendMessage({ id: crypto.randomUUID(), conversationId, body });
const list = () => fetchConversations(null, signal);

beforeAll(async () => {
  ann = await join('messages.ann');
  bob = await join('messages.bob');
  eve = await join('messages.eve');
});

test('two members have one conversation, whoever opens it', async () => {
  talk = await as(ann.email, async () => {
    expect(await fetchCanMessage(bob.id, signal)).toBe(true);
    expect(await fetchCanMessage(ann.id, signal)).toBe(false);
    await refused(openConversation(ann.id), '22023');
    const opened = await openConversation(bob.id);
    expect(await openConversation(bob.id)).toBe(opened);
    expect(await list()).toEqual([]);
    expect(await fetchLatestMessageTime(ann.id, signal)).toBeNull();
    return opened;
  });
  await as(bob.email, async () => expect(await openConversation(ann.id)).toBe(talk));
});

test('a message arrives once, is unread for the other, and is read up to a time', async () => {
  await as(ann.email, async () => {
    const id = crypto.randomUUID();
    const sent = await sendMessage({ id, conversationId: talk, body: 'Hello' });
    expect(sent).toMatchObject({ id, sender_id: ann.id, body: 'Hello' });
    expect(await sendMessage({ id, conversationId: talk, body: 'Hello' })).toBeNull();
    await write('Are you there?');
    expect(await list()).toMatchObject([
      { id: talk, member_handle: bob.handle, unread_count: 0, last_is_own: true },
    ]);
    expect(await fetchUnreadConversations(ann.id, signal)).toBe(0);
    const [newest] = await fetchMessages(talk, null, signal);
    expect(await fetchLatestMessageTime(ann.id, signal)).toBe(newest?.created_at);
    expect(await fetchLatestMessageTime(bob.id, signal)).toBe(newest?.created_at);
  });
  await as(eve.email, async () => {
    expect(await fetchLatestMessageTime(bob.id, signal)).toBeNull();
  });
  await as(bob.email, async () => {
    expect(await list()).toMatchObject([
      { member_name: ann.handle, unread_count: 2, last_body: 'Are you there?', last_is_own: false },
    ]);
    expect(await fetchUnreadConversations(bob.id, signal)).toBe(1);
    const [second, first] = await fetchMessages(talk, null, signal);
    expect([first?.body, second?.body]).toEqual(['Hello', 'Are you there?']);
    await markConversationRead(talk, first?.created_at ?? '');
    expect(await list()).toMatchObject([{ unread_count: 1 }]);
    await markConversationRead(talk, second?.created_at ?? '');
    await markConversationRead(talk, first?.created_at ?? '');
    expect(await fetchUnreadConversations(bob.id, signal)).toBe(0);
    await write('I am');
    const both = await fetchParticipants(talk, signal);
    expect(both.map((one) => one.profile?.handle).toSorted()).toEqual([ann.handle, bob.handle]);
  });
});

test('only its sender deletes a message', async () => {
  const [latest] = await as(bob.email, () => fetchMessages(talk, null, signal));
  await as(ann.email, async () => {
    expect(await list()).toMatchObject([{ unread_count: 1, last_body: 'I am' }]);
    await deleteMessage(latest?.id ?? '');
    expect(await fetchMessages(talk, null, signal)).toHaveLength(3);
  });
  await as(bob.email, () => deleteMessage(latest?.id ?? ''));
  await as(ann.email, async () => {
    expect(await list()).toMatchObject([{ unread_count: 0, last_body: 'Are you there?' }]);
  });
});

test('a third member sees, sends and marks nothing', async () => {
  await as(eve.email, async () => {
    expect(await fetchMessages(talk, null, signal)).toEqual([]);
    expect(await fetchParticipants(talk, signal)).toEqual([]);
    expect(await fetchParticipants('no id', signal)).toEqual([]);
    expect(await list()).toEqual([]);
    await refused(write('Me, too'));
    await markConversationRead(talk, 'infinity');
  });
});

test('an empty and a long message are refused', async () => {
  await as(ann.email, async () => {
    await refused(write('   '), '23514');
    await refused(write('x'.repeat(2001)), '23514');
  });
});

test('a private profile hears from its followers only', async () => {
  await as(eve.email, () => updateProfile(eve.id, { is_private: true }));
  await as(ann.email, async () => {
    expect(await fetchCanMessage(eve.id, signal)).toBe(false);
    await refused(openConversation(eve.id));
    await follow(eve.id);
    await refused(openConversation(eve.id));
  });
  await as(eve.email, () => acceptRequest(ann.id, eve.id));
  await as(ann.email, async () => {
    expect(await fetchCanMessage(eve.id, signal)).toBe(true);
    expect(await openConversation(eve.id)).not.toBe(talk);
  });
});

test('whoever a private profile has written to may answer', async () => {
  await as(bob.email, async () => expect(await fetchCanMessage(eve.id, signal)).toBe(false));
  const asked = await as(eve.email, () => openConversation(bob.id));
  await as(bob.email, async () => {
    expect(await fetchCanMessage(eve.id, signal)).toBe(true);
    expect(await openConversation(eve.id)).toBe(asked);
  });
});

test('across a block nobody writes, and the name is not told', async () => {
  await as(bob.email, () => blockMember(ann.id));
  for (const [me, other] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    await as(me.email, async () => {
      expect(await fetchCanMessage(other.id, signal)).toBe(false);
      await refused(write('Still there?'));
      expect(await list()).toMatchObject([{ id: talk, member_handle: null, member_name: null }]);
      const both = await fetchParticipants(talk, signal);
      expect(both.find((one) => one.user_id === other.id)?.profile).toBeNull();
      expect((await fetchMessages(talk, null, signal)).length).toBeGreaterThan(0);
    });
  }
  await as(bob.email, () => unblockMember(ann.id));
  await as(ann.email, async () => expect(await write('Back again')).not.toBeNull());
});

test('a guest has no conversations', async () => {
  await refused(list());
  await refused(openConversation(ann.id));
  await refused(fetchCanMessage(ann.id, signal));
  await refused(fetchMessages(talk, null, signal));
  await refused(fetchParticipants(talk, signal));
  await refused(fetchLatestMessageTime(ann.id, signal));
  await expect(fetchUnreadConversations(ann.id, signal)).rejects.toThrow();
  await refused(markConversationRead(talk, 'infinity'));
  await refused(write('Hello?'));
  await refused(deleteMessage(talk));
});

test('much talk comes page by page, none twice', async () => {
  const hub = await join('messages.hub');
  await as(hub.email, async () => {
    let last = '';
    for (const n of ALL) {
      last = await openConversation(crowd(n).id);
      await write(`Hello ${n}`, last);
    }
    const talks = await readAll(async (cursor) => {
      const rows = await fetchConversations(cursor, signal);
      return { rows, next: nextCursor(rows, { column: 'last_message_at' }) };
    });
    const handles = talks.map((row) => row.member_handle);
    expect(handles).toEqual(ALL.map((n) => crowd(n).handle).toReversed());

    const many = ALL.map((n) => ({ conversation_id: last, body: `Line ${n}` }));
    await supabase.from('messages').insert(many).throwOnError();
    const lines = await readAll(async (cursor) => {
      const rows = await fetchMessages(last, cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    const order = ['Hello 25', ...ALL.map((n) => `Line ${n}`)].toReversed();
    expect(lines.map((line) => line.body)).toEqual(order);
    expect(ids(lines)).toHaveLength(26);
  });
});
