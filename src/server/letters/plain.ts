/** Names as letters show them: one line each, in the direction it is read. */

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** They turn round what stands behind them. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g;

export const oneLine = (text: string): string =>
  text.replace(turns, '').replace(breaks, ' ').trim();

/** Of a name in a subject, which has no room for more. */
export function short(text: string): string {
  const letters = [...oneLine(text)];
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : letters.join('');
}
