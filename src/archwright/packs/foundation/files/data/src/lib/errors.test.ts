import { describe, expect, it } from 'vitest';
import { errorMessage, errorStatus, isAbort, isDuplicate, isUnreachable } from './errors';
import { i18n } from './i18n';

const { t } = i18n;
const texts = { profiles_handle_key: 'app.errorEmailTaken', sold_out: 'app.errorBusy' } as const;

describe('errorMessage', () => {
  it.each([
    [{ code: '42501', message: 'new row violates row-level security' }, 'app.errorForbidden'],
    [{ code: 'PGRST001', message: 'Database client error' }, 'app.errorAway'],
    [{ code: 'PGRST003', message: 'Timed out acquiring connection' }, 'app.errorTimeout'],
    [{ code: 'PGRST116', message: 'The result contains 0 rows' }, 'app.errorNotFound'],
    [{ code: '23505', message: 'duplicate key value' }, 'app.errorDuplicate'],
    [{ code: 'invalid_credentials', status: 400, message: 'Invalid' }, 'app.errorCredentials'],
    [{ status: 400, statusCode: '413', message: 'Payload too large' }, 'app.errorFileTooLarge'],
    [{ name: 'AuthRetryableFetchError', status: 0, message: '{}' }, 'app.errorNetwork'],
    [new TypeError('Failed to fetch'), 'app.errorNetwork'],
    [{ code: 'toString', message: '' }, 'app.errorUnknown'],
    ['a string', 'app.errorUnknown'],
    [null, 'app.errorUnknown'],
  ] as const)('finds the words for %j', (error, key) => {
    expect(errorMessage(error, t)).toBe(t(key));
  });

  it('prefers the text that a pack registered for a constraint', () => {
    const message = 'duplicate key value violates unique constraint "profiles_handle_key"';
    expect(errorMessage({ code: '23505', message }, t, texts)).toBe(t('app.errorEmailTaken'));
  });

  it('knows what a function of ours raises', () => {
    expect(errorMessage({ code: 'P0001', message: 'sold_out' }, t, texts)).toBe(t('app.errorBusy'));
  });

  it('never shows the text of the server', () => {
    const secret = 'relation "private.secrets" does not exist';
    expect(errorMessage({ code: '42P01', message: secret }, t)).not.toContain('secrets');
  });
});

describe('reading errors', () => {
  it('tells a duplicate from other refusals', () => {
    expect(isDuplicate({ code: '23505' })).toBe(true);
    expect(isDuplicate({ code: '23503' })).toBe(false);
  });

  it('tells what was called off from what failed', () => {
    expect(isAbort(new DOMException('cancelled', 'AbortError'))).toBe(true);
    expect(isAbort(new DOMException('blocked', 'SecurityError'))).toBe(false);
  });

  it('tells what was not there from what refused', () => {
    expect(isUnreachable({ code: '', message: 'TypeError: Failed to fetch' })).toBe(true);
    expect(isUnreachable({ name: 'AuthRetryableFetchError', status: 0, message: '{}' })).toBe(true);
    expect(isUnreachable({ code: 'PGRST000', message: 'no connection' })).toBe(true);
    expect(isUnreachable({ code: '57P03', message: 'starting up' })).toBe(true);
    expect(isUnreachable({ statusCode: '503', message: 'away' })).toBe(true);
    expect(isUnreachable({ code: '57014', message: 'statement timeout' })).toBe(false);
    expect(isUnreachable({ code: '42501', message: 'refused' })).toBe(false);
    expect(isUnreachable({ status: 500, message: 'broken' })).toBe(false);
    expect(isUnreachable(null)).toBe(false);
  });

  it('reads a status given as a number or as text', () => {
    expect(errorStatus({ status: 503 })).toBe(503);
    expect(errorStatus({ statusCode: '404' })).toBe(404);
    expect(errorStatus({ statusCode: 'Duplicate' })).toBeNull();
  });
});
