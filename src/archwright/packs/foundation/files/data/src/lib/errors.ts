import type { ParseKeysWithoutVariables, TFunction } from 'i18next';
import { constraintMessages } from './constraint-messages';

type TextKey = ParseKeysWithoutVariables;
type ConstraintTexts = Readonly<Record<string, TextKey>>;

function field(error: unknown, name: string): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  return (error as Record<string, unknown>)[name];
}

/** The code of a PostgREST, Postgres or Auth error. */
export function errorCode(error: unknown): string | null {
  const code = field(error, 'code');
  return typeof code === 'string' && code !== '' ? code : null;
}

/** The status of an Auth or Storage error. Storage answers 400 and tells the true one as text. */
export function errorStatus(error: unknown): number | null {
  const status = field(error, 'statusCode') ?? field(error, 'status');
  const number = typeof status === 'string' ? Number(status) : status;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

/** The row is there already: for likes, follows and the like that is what was wanted. */
export function isDuplicate(error: unknown): boolean {
  return errorCode(error) === '23505';
}

/** The person, or a page that was left, has called it off: nothing to tell about. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

const byCode: Readonly<Record<string, TextKey>> = {
  '22001': 'app.errorTooLong',
  '22P02': 'app.errorInvalid',
  '23502': 'app.errorInvalid',
  '23503': 'app.errorReferenced',
  '23505': 'app.errorDuplicate',
  '23514': 'app.errorInvalid',
  '23P01': 'app.errorDuplicate',
  '40001': 'app.errorBusy',
  '40P01': 'app.errorBusy',
  '42501': 'app.errorForbidden',
  '57014': 'app.errorTimeout',
  PGRST000: 'app.errorAway',
  PGRST001: 'app.errorAway',
  PGRST002: 'app.errorAway',
  PGRST003: 'app.errorTimeout',
  PGRST116: 'app.errorNotFound',
  PGRST301: 'app.errorSession',
  PGRST303: 'app.errorSession',
  P0002: 'app.errorNotFound',
  email_exists: 'app.errorEmailTaken',
  email_not_confirmed: 'app.errorEmailNotConfirmed',
  flow_state_expired: 'app.errorLinkExpired',
  invalid_credentials: 'app.errorCredentials',
  otp_expired: 'app.errorLinkExpired',
  over_email_send_rate_limit: 'app.errorTooMany',
  over_request_rate_limit: 'app.errorTooMany',
  same_password: 'app.errorSamePassword',
  session_expired: 'app.errorSession',
  session_not_found: 'app.errorSession',
  user_already_exists: 'app.errorEmailTaken',
  weak_password: 'app.errorWeakPassword',
};

const byStatus: Readonly<Record<number, TextKey>> = {
  0: 'app.errorNetwork',
  401: 'app.errorSession',
  403: 'app.errorForbidden',
  404: 'app.errorNotFound',
  408: 'app.errorTimeout',
  409: 'app.errorDuplicate',
  413: 'app.errorFileTooLarge',
  415: 'app.errorFileType',
  429: 'app.errorTooMany',
  502: 'app.errorAway',
  503: 'app.errorAway',
  504: 'app.errorTimeout',
};

/** A constraint that failed, or what a function of ours raised, has a text of its own. */
function constraintKey(message: string, texts: ConstraintTexts): TextKey | undefined {
  const name = /(?:constraint|index) "([^"]+)"/.exec(message)?.[1] ?? message;
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function messageOf(error: unknown): string {
  const text = field(error, 'message');
  return typeof text === 'string' ? text : '';
}

function isNetworkError(error: unknown): boolean {
  const name = field(error, 'name');
  const message = messageOf(error);
  return (
    name === 'AuthRetryableFetchError' ||
    /failed to fetch|networkerror|load failed|fetch failed/i.test(message)
  );
}

function errorKey(error: unknown, texts: ConstraintTexts): TextKey {
  const known = constraintKey(messageOf(error), texts);
  if (known) return known;
  const code = errorCode(error);
  if (code !== null && Object.hasOwn(byCode, code)) return byCode[code] ?? 'app.errorUnknown';
  if (isNetworkError(error)) return 'app.errorNetwork';
  return byStatus[errorStatus(error) ?? -1] ?? 'app.errorUnknown';
}

/** Nobody has refused anything: the network, the gateway or its database was not there. */
export function isUnreachable(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== null && /^(PGRST00|08|57P)/.test(code)) return true;
  if (isNetworkError(error)) return true;
  return [502, 503, 504].includes(errorStatus(error) ?? -1);
}

/** What went wrong, in words for people. Never the server's own text. */
export function errorMessage(
  error: unknown,
  t: TFunction,
  texts: ConstraintTexts = constraintMessages,
): string {
  return t(errorKey(error, texts));
}
