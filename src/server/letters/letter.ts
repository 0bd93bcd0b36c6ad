/** A letter to a buyer or a merchant: its subject, and what it says as text and as HTML. */
import { asHtml } from './as-html.js';
import { asText } from './as-text.js';
import { contentOf } from './content.js';
import type { LetterView } from './view.js';

export interface Letter {
  readonly locale: 'en' | 'fr';
  readonly shopName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export async function letterOf(view: LetterView): Promise<Letter> {
  const content = contentOf(view);
  const { locale, shopName, subject } = content;
  return { locale, shopName, subject, text: asText(content), html: String(await asHtml(content)) };
}
