/** The settings as they are being written, and said to the server. */
import { type DeskLocale, type Settings, settingsUpdateSchema } from '../../contract/index.js';
import { type BrandingDraft, brandingDraftOf, brandingOf } from '../parts/branding.js';
import type { Language, Mistakes, Said } from '../parts/typed.js';
import type { Words } from '../words/words.js';

export interface SettingsDraft {
  readonly name: string;
  /** Empty: as the browser has it. */
  readonly locale: DeskLocale | '';
  readonly email: string;
  readonly branding: BrandingDraft;
  /** One on each line. */
  readonly allowedOrigins: string;
  readonly countsVisits: boolean;
}

export const settingsDraftOf = (settings: Settings): SettingsDraft => ({
  name: settings.name,
  locale: settings.locale ?? '',
  email: settings.email ?? '',
  branding: brandingDraftOf(settings.branding),
  allowedOrigins: (settings.allowedOrigins ?? []).join('\n'),
  countsVisits: settings.countsVisits,
});

/** All of it, every time: what is empty is cleared. */
export function settingsBody(
  draft: SettingsDraft,
  language: Language,
): Said<Readonly<Record<string, unknown>>> {
  const { words } = language;
  const look = brandingOf(draft.branding, language);
  const mistakes: Record<string, string> = { ...look.mistakes };
  const origins = draft.allowedOrigins.split('\n').map(originOf).filter(Boolean);
  const body = {
    name: draft.name.trim(),
    locale: draft.locale || null,
    email: draft.email.trim() || null,
    branding: look.body,
    allowedOrigins: origins.length ? [...new Set(origins)] : null,
    countsVisits: draft.countsVisits,
  };
  for (const { path, code } of settingsUpdateSchema().safeParse(body).error?.issues ?? []) {
    const field = settingOf(path.join('.'));
    mistakes[field] ??= faultOf(words, field, code);
  }
  return { body, mistakes };
}

/** `https://Shop.example/` is what is copied from where addresses stand; what is more than that is told. */
function originOf(line: string): string {
  const text = line.trim();
  try {
    const { origin, href } = new URL(text);
    return href === `${origin}/` ? origin : text;
  } catch {
    return text;
  }
}

interface Issue {
  readonly path: string;
  readonly code: string;
}

/** One field holds several websites. */
export const settingOf = (path: string): string =>
  path.replace(/^allowedOrigins\..*$/, 'allowedOrigins');

/** What is wrong with a setting, in the merchant's words, whoever has found it. */
export function faultOf({ problems, settings }: Words, path: string, code: string): string {
  if (path === 'email') return settings.emailFault;
  if (path === 'allowedOrigins') return problems.origin;
  return code === 'too_big' ? problems.tooLong : problems.required;
}

/** What the server found wrong, by the field that says it. */
export const refusedIn = (words: Words, errors: readonly Issue[] = []): Mistakes =>
  Object.fromEntries(
    errors.map(({ path, code }) => {
      const field = settingOf(path);
      return [field, faultOf(words, field, code)];
    }),
  );
