import type { OutboxState } from './outbox-store';

export type Outgoing = OutboxState['outgoing'][number];

/** Messages on their way: they stay until the server has them or the sender gives them up. */
export function outboxActions(
  set: (change: Partial<OutboxState>) => void,
  get: () => OutboxState,
) {
  const setFailed = (id: string, failed: boolean) =>
    set({
      outgoing: get().outgoing.map((message) =>
        message.id === id ? { ...message, failed } : message,
      ),
    });
  return {
    add: (message: Outgoing) => set({ outgoing: [...get().outgoing, message] }),
    fail: (id: string) => setFailed(id, true),
    retry: (id: string) => setFailed(id, false),
    remove: (id: string) =>
      set({ outgoing: get().outgoing.filter((message) => message.id !== id) }),
  };
}
