/** Each code of a problem in one sentence, and the problem as it would come. */
import { type ProblemBody, type ProblemCode, problemStatus } from '../../contract/index.js';
import { titleOf } from '../routes/problems.js';
import { twoTees } from './schemas/public-links.js';

export const problemWords: Readonly<Record<ProblemCode, string>> = {
  malformed_json: 'The body is not JSON.',
  unauthorized: 'The key is missing, unknown or revoked.',
  origin_not_allowed: 'The link may be sold on other sites only: `allowedOrigins`.',
  cross_site: 'It came from a page that is not the desk’s, and the desk’s cookie with it.',
  not_found: 'There is nothing of this id.',
  link_not_found: 'There is no payment link of this id or name.',
  session_not_found: 'There is no checkout session of this id.',
  link_inactive: 'The link was switched off.',
  link_expired: 'The link’s time is over.',
  link_exhausted: 'The link was used as often as it may be.',
  temporarily_sold_out: 'All that is left is held by buyers who are paying now.',
  out_of_stock: 'Not enough is left.',
  price_changed: 'The order costs something else now; `totals` says what.',
  conflict: 'The state of the object does not allow it.',
  idempotency_in_flight: 'The first request of this key is under way.',
  precondition_failed: 'The object was changed since it was read.',
  too_large: 'A body has at most 32768 bytes.',
  not_json: 'The body must be sent as `application/json`.',
  validation_failed: 'The request does not fit the schema; `errors` says where.',
  invalid_selection: 'The selection does not fit the link; `errors` says where.',
  promotion_code_invalid: 'There is no such code.',
  promotion_code_expired: 'The code’s time is over.',
  promotion_code_used_up: 'The code was used as often as it may be.',
  promotion_code_minimum_not_met: 'The order is worth too little for the code.',
  promotion_code_not_first_purchase: 'The code is for a first purchase only.',
  promotion_code_not_eligible: 'The code takes nothing off this order.',
  promotion_code_currency_mismatch: 'The code is for another currency.',
  idempotency_mismatch: 'This key came with another request before.',
  rate_limited: 'Too many requests; `Retry-After` says when another is worth it.',
  internal: 'Something went wrong on our side, and was noted there.',
  provider_unavailable: 'The payment provider did not answer, or refused; nothing was charged.',
  unavailable:
    'The database does not answer. Whether this was done is not known: ask again, with the same key.',
};

/** Codes whose answer may say in `Retry-After` when another try is worth it. */
export const retriable: readonly ProblemCode[] = [
  'temporarily_sold_out',
  'idempotency_in_flight',
  'rate_limited',
  'unavailable',
];

const errorsOf = (code: ProblemCode): ProblemBody['errors'] => {
  if (code === 'validation_failed')
    return [{ path: 'name', code: 'invalid_type', message: 'expected a text' }];
  if (code === 'invalid_selection')
    return [{ path: 'items.0.quantity', code: 'too_many', message: 'at most 5', limit: 5 }];
  return undefined;
};

export function problemExample(code: ProblemCode): ProblemBody {
  const errors = errorsOf(code);
  return {
    type: `urn:paylink:problem:${code}`,
    title: titleOf(code),
    status: problemStatus[code],
    code,
    detail: problemWords[code].replaceAll('`', ''),
    ...(errors && { errors }),
    ...(code === 'price_changed' && { totals: twoTees }),
    requestId: '0d4ad9a6-64f5-4c2b-b1b0-5e0b1f6f8a11',
  };
}
