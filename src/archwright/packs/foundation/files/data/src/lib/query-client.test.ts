import { describe, expect, it } from 'vitest';
import { isRetryable } from './query-client';

describe('isRetryable', () => {
  it.each([
    ['a policy said no', { code: '42501', message: '' }],
    ['a constraint said no', { code: '23514', message: '' }],
    ['no such row', { code: 'PGRST116', message: '' }],
    ['the gateway is at fault', { code: 'PGRSTX00', message: '' }],
    ['a bad request', { status: 400, message: '' }],
    ['a cancelled request', new DOMException('aborted', 'AbortError')],
  ])('does not ask again when %s', (_why, error) => {
    expect(isRetryable(error)).toBe(false);
  });

  it.each([
    ['the network failed', new TypeError('Failed to fetch')],
    ['the server failed', { status: 503, message: '' }],
    ['the database was busy', { code: '40001', message: '' }],
    ['no connection to it was free', { code: 'PGRST003', message: '' }],
  ])('asks again when %s', (_why, error) => {
    expect(isRetryable(error)).toBe(true);
  });
});
