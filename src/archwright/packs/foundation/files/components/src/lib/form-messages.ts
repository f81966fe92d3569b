import { z } from 'zod';
import { i18n } from './i18n';

type Issue = Parameters<NonNullable<z.core.$ZodConfig['customError']>>[0];

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  const count = Number(issue.minimum);
  if (issue.origin === 'string') {
    return count <= 1 ? i18n.t('app.fieldRequired') : i18n.t('app.fieldTooShort', { count });
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return i18n.t('app.fieldTooFew', { count });
  }
  return i18n.t('app.fieldTooSmall', { minimum: count });
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  const count = Number(issue.maximum);
  if (issue.origin === 'string') return i18n.t('app.fieldTooLong', { count });
  if (issue.origin === 'array' || issue.origin === 'set') {
    return i18n.t('app.fieldTooMany', { count });
  }
  return i18n.t('app.fieldTooBig', { maximum: count });
}

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      if (issue.format === 'email') return i18n.t('app.fieldEmail');
      if (issue.format === 'url') return i18n.t('app.fieldUrl');
      return i18n.t('app.fieldInvalid');
    case 'invalid_type':
    case 'invalid_value': // nothing chosen
      return issue.input === undefined || issue.input === null
        ? i18n.t('app.fieldRequired')
        : i18n.t('app.fieldInvalid');
    default:
      return i18n.t('app.fieldInvalid');
  }
}

/** Makes zod speak the app's language. A message given in a schema wins over these. */
export function translateFormMessages(): void {
  z.config({ customError: messageOf });
}
