/** What the hosted page knows: handed in whole, so a page is a function of it. */
import type { PublicLink } from '../../contract/index.js';

export interface HostedPageView {
  /** Null where there is none of that name. */
  link: PublicLink | null;
  locale: 'en' | 'fr';
  /** Of the form: the buyer's own tag, whatever our pages speak. */
  formLocale: string;
  publicUrl: string;
  /** `/pay-link.js` or an immutable URL. */
  scriptSrc: string;
  /** Attributes of the element (`prefill-email` …), validated. */
  attributes: Record<string, string>;
  /** In somebody's frame: no header, no footer. */
  isEmbedded: boolean;
  /** After a plain form was refused. */
  problem: { message: string; fields: Record<string, string> } | null;
  /** What was typed in the plain form. */
  typed: Record<string, string>;
  merchantName: string;
}
