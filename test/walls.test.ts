import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?[jt]s$/.test(entry.name))
    // Of the frameworks' applications.
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => posix.join(entry.parentPath.slice(root.length), entry.name));

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

interface Import {
  readonly from: string;
  /** `server/store/events` for our own, the package's name otherwise. */
  readonly what: string;
  /** Gone when the types are stripped. */
  readonly isType: boolean;
}

const statement = /^(?:import|export)\s+(type\s+)?(?:([^'"]*?)\s*from\s*)?'([^']+)'/gm;
const dynamic = /\bimport\(\s*['"`]([^'"`]+)/g;

const nameOf = (file: string, target: string): string =>
  target.startsWith('.')
    ? posix
        .join(posix.dirname(file), target)
        .replace(/^src\//, '')
        .replace(/\.[jt]s$/, '')
    : target;

function importsOf(file: string): Import[] {
  const text = textOf(file);
  const still = [...text.matchAll(statement)].map(([, type, names = '', target = '']) => {
    const parts = /^\{(.*)\}$/s
      .exec(names.trim())?.[1]
      ?.split(',')
      .filter((part) => part.trim());
    const isType = Boolean(type) || Boolean(parts?.every((part) => /^\s*type\s/.test(part)));
    return { from: file, what: nameOf(file, target), isType };
  });
  const late = [...text.matchAll(dynamic)].map(([, target = '']) => ({
    from: file,
    what: nameOf(file, target),
    isType: false,
  }));
  return [...still, ...late];
}

interface Room {
  readonly may: RegExp;
  /** What it may know the types of, besides. */
  readonly mayName?: RegExp;
}

const widgetParts = 'widget/(pay-link-element|events|styles/)';

/** By folder, or by file where one is alone in what it may do; the longest name that fits counts. */
const rooms: Record<string, Room> = {
  'src/contract': { may: /^(contract\/|zod\/mini$)/ },
  // Our copy of Lit knows no directives.
  'src/widget': { may: /^(contract\/|widget\/|lit$)/ },
  'src/widget/anchored-panel': { may: /^@floating-ui\/core$/ },
  'src/widget/client': {
    may: /^(contract\/|widget\/(http|session-watch)$)/,
    mayName: /^widget\//,
  },
  'src/widget/http': { may: /^contract\// },
  'src/widget/zod-mini': { may: /^$/ },
  'src/widget/i18n': { may: /^(contract\/|widget\/i18n\/)/ },
  'src/widget/i18n/languages': { may: /^widget\/(i18n\/|http$)/ },
  'src/widget/styles': { may: /^(contract\/|widget\/styles\/|lit$)/ },
  'src/widget/checkout': {
    may: /^(contract\/|widget\/checkout\/)/,
    mayName: /^(widget\/client$|lit$)/,
  },
  'src/widget/form': {
    may: new RegExp(
      `^(contract/|lit$|${widgetParts}|widget/(form|checkout|i18n)/|widget/(handoff|submit-label|anchored-panel)$)`,
    ),
    mayName: /^widget\/client$/,
  },
  'src/widget/modal': {
    may: new RegExp(
      `^(contract/|lit$|${widgetParts}|widget/(modal/|form/pay-link-form$|anchored-panel$))`,
    ),
  },
  'src/widget/button': {
    may: new RegExp(
      `^(contract/|lit$|${widgetParts}|widget/(button/|modal/pay-link-modal$|handoff$|submit-label$))`,
    ),
  },
  'src/build': {
    may: /^(node:|terser$|rollup-plugin-sbom$|widget\/i18n\/|build\/for-buyers$)/,
    mayName: /^vite$/,
  },
  'src/package': {
    may: /^(node:|package\/|widget\/index$|typescript-classic$|@custom-elements-manifest\/analyzer\/|custom-element-(jet-brains|vs-code)-integration$)/,
    mayName: /^custom-elements-manifest\/schema$/,
  },
  // Plain script, of what WordPress brings.
  'src/wordpress': { may: /^$/ },
  'src/dashboard': {
    may: /^(contract\/|dashboard\/|lit$|lit\/directives\/[\w-]+\.js$|ky$|uqr$|uplot(\/dist\/uPlot\.min\.css)?$|zod\/mini$)/,
  },
  'src/server': { may: /^(contract\/|server\/|node:|hono|@hono\/|nanoid$|lru-cache$)/ },
  'src/server/caller': { may: /^(ipaddr\.js|lru-cache|node:net)$/ },
  'src/server/csv': { may: /^(csv-stringify\/sync|node:stream\/web)$/ },
  'src/server/log': { may: /^pino$/, mayName: /^server\/(routes\/observe|jobs\/mail-delivery)$/ },
  'src/server/metrics': {
    may: /^(prom-client|server\/tally)$/,
    mayName: /^server\/(routes\/observe|store\/figures)$/,
  },
  'src/server/limits': { may: /^(contract\/|server\/(limits|store)\/|rate-limiter-flexible$)/ },
  'src/server/store': {
    may: /^(contract\/|server\/store\/|server\/(new-id|batch)$|node:crypto$|kysely$|pg$|@electric-sql\/pglite$)/,
    mayName: /^server\/provider\//,
  },
  'src/server/provider': { may: /^(contract\/|server\/provider\/|server\/step$)/ },
  'src/server/provider/stripe': {
    may: /^(contract\/|server\/provider\/(provider|stripe\/)|stripe$)/,
  },
  'src/server/provider/yabetoo': {
    may: /^(contract\/|server\/provider\/(provider|yabetoo\/)|zod\/mini$|node:crypto$)/,
  },
  'src/server/domain': {
    may: /^(contract\/|server\/(domain|store)\/|server\/(new-id|etag|batch|step)$|node:(crypto|fs|module|timers\/promises)$|ipaddr\.js$|libphonenumber-js$|re2js$|date-fns\/|@date-fns\/utc\/)/,
    mayName: /^(kysely$|server\/(backend|shown-links)$|server\/provider\/provider$)/,
  },
  'src/server/routes': {
    may: /^(contract\/|zod\/(mini|locales)$|hono|lru-cache$|node:|server\/(routes|domain|pages|store)\/|server\/openapi\/(components|parameters)$|server\/(csv|etag|new-id|step)$)/,
    mayName:
      /^(@hono\/node-server$|server\/(backend|caller|shown-links)$|server\/provider\/|server\/openapi\/types$)/,
  },
  'src/server/openapi': {
    may: /^(contract\/|zod\/mini$|hono-openapi$|server\/openapi\/|server\/domain\/example-event$|server\/routes\/(problems|sandbox-wishes)$)/,
    mayName: /^hono$/,
  },
  'src/server/pages': { may: /^(contract\/|hono\/(html|utils\/html)$|server\/pages\/)/ },
  'src/server/letters': {
    may: /^(contract\/|hono\/(html|utils\/html)$|server\/letters\/|server\/pages\/(dates|words)$)/,
  },
  'src/server/jobs/mailer': { may: /^nodemailer$/, mayName: /^server\/mail-settings$/ },
  'src/server/jobs': {
    may: /^(contract\/|pg-boss$|standardwebhooks$|undici$|kysely$|node:(dns\/promises|net|perf_hooks|timers\/promises)$|server\/(jobs|domain|store|provider|letters)\/|server\/step$)/,
    mayName: /^server\/(backend|sealer)$/,
  },
};

const roomOf = (file: string): Room | undefined => {
  const name = Object.keys(rooms)
    .filter((room) => file.startsWith(`${room}/`) || file.replace(/\.ts$/, '') === room)
    .sort((one, other) => other.length - one.length)[0];
  return name === undefined ? undefined : rooms[name];
};

const source = filesIn('src');

describe('the walls', () => {
  it('let each room import what it may, and nothing else', () => {
    const broken = source.flatMap((file) => {
      const room = roomOf(file);
      if (!room) return [`${file} stands in no room`];
      return importsOf(file)
        .filter(({ what, isType }) => !room.may.test(what) && !(isType && room.mayName?.test(what)))
        .map(({ what, isType }) => `${file} imports ${isType ? 'the type of ' : ''}${what}`);
    });
    expect(broken).toEqual([]);
  });

  it('read imports as they are written', () => {
    const seen = source.flatMap(importsOf);
    expect(seen.length).toBeGreaterThan(300);
    expect(seen).toContainEqual({
      from: 'src/server/domain/settlement.ts',
      what: 'server/provider/provider',
      isType: true,
    });
    expect(seen).toContainEqual({
      from: 'src/widget/client.ts',
      what: 'widget/http',
      isType: false,
    });
  });

  it.each([
    [
      'the environment',
      /process\.env/,
      /^src\/server\/(main|key|new-secret-key|reset-test-counts)\.ts$/,
    ],
    [
      'the network of the buyer',
      /\bfetch\(|XMLHttpRequest|sendBeacon/,
      /^src\/(server\/|widget\/http\.ts$)/,
    ],
    [
      'markup from text',
      /innerHTML|unsafeHTML|unsafeCSS|insertAdjacentHTML|document\.write/,
      /^src\/build\/lean-libraries\.ts$/,
    ],
    ['text as code', /\beval\(|new Function\(/, /^$/],
  ])('keep %s where it belongs', (_what, pattern, home) => {
    const found = source.filter((file) => !home.test(file) && pattern.test(textOf(file)));
    expect(found).toEqual([]);
  });

  it('keep clock, chance and surroundings out of the contract', () => {
    const outside =
      /Date\.now\(|new Date\(\)|Math\.random|performance\.|\b(window|document|process)\./;
    const found = source.filter(
      (file) => file.startsWith('src/contract/') && outside.test(textOf(file)),
    );
    expect(found).toEqual([]);
  });
});

it('leaves no test out because another one is being worked on', () => {
  const files = ['test', 'stories', 'demo', 'src'].flatMap(filesIn);
  const only = /\b(it|test|describe|suite)(\.\w+)*\.only\b|\b(fit|fdescribe)\(/;
  expect(files.filter((file) => only.test(textOf(file)))).toEqual([]);
  expect(files.length).toBeGreaterThan(150);
});
