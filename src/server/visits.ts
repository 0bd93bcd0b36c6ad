/**
 * Counts visits of links without slowing anybody down: in memory, from where they are written together every few
 * seconds and at the stop. A crash loses those few seconds; nothing is decided by these figures.
 */
import type { Id } from '../contract/index.js';
import { hostOf, sourceOf, type Visit, type VisitStep } from './domain/visit.js';
import { DatabaseAway } from './store/database.js';
import { type Gained, mostNames, otherName } from './store/visits.js';

export interface Visits {
  /**
   * What a widget has told.
   * @param origin the header of its request; programs have none, and are not counted
   * @param source `utm_source` of the page it is on
   */
  told(
    step: 'seen' | 'opened',
    linkId: string,
    origin: string | null | undefined,
    source: string | undefined,
  ): void;
  count(step: VisitStep, visit: Visit): void;
  /** Whether the merchant wants it; of a change by another process this one hears within seconds. */
  isOn(): boolean;
  /** Writes what was counted so far, and hears whether to go on. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

type Counts = Record<VisitStep, number>;

interface Gathered {
  readonly host: Map<string, Counts>;
  readonly source: Map<string, Counts>;
}

interface VisitsOptions {
  readonly isOn: boolean;
  /** @returns whether the merchant wants it */
  readonly write: (gained: readonly Gained[]) => Promise<boolean>;
  readonly log: (error: unknown) => void;
}

const everyMs = 3_000;
/** Between two writings: what goes beyond is not worth the memory. */
const mostLinks = 10_000;

export function createVisits({ isOn, write, log }: VisitsOptions): Visits {
  let gathered = new Map<string, Gathered>();
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();

  function countsOf(names: Map<string, Counts>, name: string): Counts {
    const known = names.get(name);
    if (known) return known;
    if (names.size >= mostNames && name !== otherName) return countsOf(names, otherName);
    const counts = { seen: 0, opened: 0, submitted: 0, paid: 0 };
    names.set(name, counts);
    return counts;
  }

  function linkOf(id: string): Gathered | undefined {
    const known = gathered.get(id);
    if (known) return known;
    if (gathered.size >= mostLinks) return undefined;
    const link = { host: new Map(), source: new Map() };
    gathered.set(id, link);
    return link;
  }

  function writeSoon(): void {
    timer ??= setTimeout(flush, everyMs).unref();
  }

  const count: Visits['count'] = (step, { linkId, host, source }) => {
    writeSoon();
    const link = isOn ? linkOf(linkId) : undefined;
    if (!link) return;
    countsOf(link.host, host)[step] += 1;
    const campaign = sourceOf(source);
    if (campaign !== undefined) countsOf(link.source, campaign)[step] += 1;
  };

  async function writeAll(): Promise<void> {
    const taken = gathered;
    gathered = new Map();
    try {
      isOn = await write(rowsOf(taken));
    } catch (error) {
      log(error);
      // What is wrong in itself is not to come again and again.
      if (!(error instanceof DatabaseAway) || gathered.size) return;
      gathered = taken;
      writeSoon();
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    underWay = underWay.then(writeAll);
    return underWay;
  }

  return {
    told(step, linkId, origin, source) {
      if (!origin) return;
      count(step, { linkId: linkId as Id<'paymentLink'>, host: hostOf(origin), source });
    },
    count,
    isOn: () => isOn,
    flush,
    async stop() {
      if (timer) await flush();
      await underWay;
    },
  };
}

const rowsOf = (gathered: ReadonlyMap<string, Gathered>): Gained[] =>
  [...gathered].flatMap(([id, { host, source }]) =>
    Object.entries({ host, source }).flatMap(([kind, names]) =>
      [...names].map(([name, counts]) => ({
        paymentLinkId: id as Id<'paymentLink'>,
        kind: kind as Gained['kind'],
        name,
        ...counts,
      })),
    ),
  );
