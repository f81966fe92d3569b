import { beforeAll, describe, expect, it } from 'vitest';
import { z, type ZodType } from 'zod';
import { translateFormMessages } from './form-messages';
import { i18n } from './i18n';

const { t } = i18n;
const firstMessage = (schema: ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message;

describe('translateFormMessages', () => {
  beforeAll(translateFormMessages);

  it.each([
    ['a missing text', z.string().min(1), '', t('app.fieldRequired')],
    ['a missing value', z.string(), undefined, t('app.fieldRequired')],
    ['a wrong type', z.string(), 5, t('app.fieldInvalid')],
    ['a short text', z.string().min(2), 'a', t('app.fieldTooShort', { count: 2 })],
    ['a long text', z.string().max(1), 'ab', t('app.fieldTooLong', { count: 1 })],
    ['a small number', z.number().min(5), 4, t('app.fieldTooSmall', { minimum: 5 })],
    ['a big number', z.number().max(5), 6, t('app.fieldTooBig', { maximum: 5 })],
    ['too few of them', z.array(z.string()).min(1), [], t('app.fieldTooFew', { count: 1 })],
    ['too many of them', z.array(z.string()).max(0), ['a'], t('app.fieldTooMany', { count: 0 })],
    ['a bad email address', z.email(), 'a@', t('app.fieldEmail')],
    ['a bad web address', z.url(), 'a', t('app.fieldUrl')],
    ['no choice', z.enum(['a', 'b']), undefined, t('app.fieldRequired')],
    ['a bad choice', z.enum(['a', 'b']), 'c', t('app.fieldInvalid')],
  ])('has words for %s', (_what, schema, value, message) => {
    expect(firstMessage(schema, value)).toBe(message);
  });

  it("lets a schema's own message win", () => {
    expect(firstMessage(z.string().min(3, 'mine'), 'a')).toBe('mine');
  });
});
