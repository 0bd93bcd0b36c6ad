/** Days of the merchant's own calendar, as fields of dates write them: `2030-05-04`. */

/** Where the day begins, so many days later; undefined for what is no day. */
function startOf(text: string, later = 0): string | undefined {
  const [, year, month, day] = /^((?:19|2\d)\d\d)-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day) return undefined;
  // Not a day's milliseconds on: where the clocks change, a day is shorter or longer.
  const at = new Date(year, month - 1, day + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** All of the days from one to the other, whichever of them is first; open on the side where none is said. */
export function spanOf(from: string, to: string) {
  const [first, last] = from && to && to < from ? [to, from] : [from, to];
  return { from: startOf(first), to: startOf(last, 1) };
}
