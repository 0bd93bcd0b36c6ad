/** Does the work for each, at most so many at a time; one that fails keeps no other from its turn. */
export async function inLanes<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const faults: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++] as T).catch((fault) => faults.push(fault));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (faults.length) throw faults[0];
}
