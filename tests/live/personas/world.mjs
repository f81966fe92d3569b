// The personas and rows that the checks start from; Python passes tokens and ids.
import { connect } from './harness.mjs';

export const ids = JSON.parse(process.env.WORLD);
export const anon = connect();
export const ann = connect(ids.annToken);
export const bob = connect(ids.bobToken);
export const service = connect(undefined, ids.serviceKey);
export const SUN = '00000000-0000-0000-0000-000000000001';
export const RAIN = '00000000-0000-0000-0000-000000000002';
export const DRAFT = '00000000-0000-0000-0000-000000000003';
