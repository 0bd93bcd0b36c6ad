/** What stands in a letter, in its order; as text and as HTML it is the same. */
import { formatMoney } from '../../contract/index.js';
import { formatDate } from '../pages/dates.js';
import { type PageLocale, pageLocale, wordsIn } from '../pages/words.js';
import { oneLine, short } from './plain.js';
import type { LetterRecurring, LetterView } from './view.js';
import { letterWordsIn } from './words.js';

export interface Content {
  readonly locale: PageLocale;
  readonly colon: string;
  readonly shopName: string;
  readonly subject: string;
  readonly test: { readonly title: string; readonly text: string } | null;
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly Priced[];
  readonly sums: readonly Priced[];
  /** What recurs, and when. */
  readonly recurring: readonly string[];
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  readonly links: readonly Link[];
  readonly foot: string;
}

interface Priced {
  readonly label: string;
  readonly note?: string | undefined;
  readonly amount: string;
}

interface Link {
  readonly label: string;
  readonly href: string;
  readonly note?: string;
}

export function contentOf(view: LetterView): Content {
  const locale = pageLocale(view.locale ?? undefined);
  const words = letterWordsIn(locale);
  const { subject, title, lead } = openingOf(view, locale);
  return {
    locale,
    colon: words.colon,
    shopName: short(view.merchantName),
    subject: view.testMode ? `${words.test} · ${subject}` : subject,
    test: view.testMode ? { title: words.test, text: words.testText } : null,
    title,
    lead,
    lines: linesOf(view, locale),
    sums: sumsOf(view, locale),
    recurring: view.recurring ? recurringOf(view.recurring, moneyIn(view, locale), locale) : [],
    facts: factsOf(view, locale),
    links: linksOf(view, locale),
    foot: view.recipient === 'buyer' ? words.foot(oneLine(view.merchantName)) : words.noticeFoot,
  };
}

type Money = (amount: number) => string;

const moneyIn =
  ({ totals: { currency } }: LetterView, locale: PageLocale): Money =>
  (amount) =>
    formatMoney({ amount, currency }, locale);

/** There was nothing to pay: a free trial. */
const isFree = ({ kind, amount }: LetterView) => kind === 'purchase' && amount === 0;

function openingOf(
  view: LetterView,
  locale: PageLocale,
): Pick<Content, 'subject' | 'title' | 'lead'> {
  const words = letterWordsIn(locale);
  const amount = moneyIn(view, locale)(view.amount);
  const [shop, link] = [oneLine(view.merchantName), oneLine(view.linkName)];
  const [inSubject, linkInSubject] = [short(shop), short(link)];
  if (view.recipient === 'merchant')
    return isFree(view)
      ? {
          subject: words.newOrderSubject(linkInSubject),
          title: words.newOrderTitle,
          lead: words.newOrderText(link),
        }
      : {
          subject: words.noticeSubject(amount, linkInSubject),
          title: words.noticeTitle,
          lead: words.noticeText(link),
        };
  if (isFree(view))
    return {
      subject: words.orderSubject(inSubject),
      title: words.orderTitle,
      lead: words.orderText(shop),
    };
  switch (view.kind) {
    case 'purchase':
      return {
        subject: words.receiptSubject(inSubject, amount),
        title: words.receiptTitle,
        lead: words.receiptText(shop),
      };
    case 'renewal':
      return {
        subject: words.renewalSubject(inSubject, amount),
        title: words.renewalTitle,
        lead: words.renewalText(shop),
      };
    case 'refund':
      return {
        subject: words.refundSubject(inSubject, amount),
        title: words.refundTitle,
        lead: words.refundText(shop),
      };
  }
}

function linesOf(view: LetterView, locale: PageLocale): Priced[] {
  const money = moneyIn(view, locale);
  const words = wordsIn(locale);
  return view.totals.lines.map(({ name, quantity, unitAmount, amount }) => ({
    label: quantity > 1 ? `${oneLine(name)} × ${quantity}` : oneLine(name),
    note: quantity > 1 ? words.each(money(unitAmount)) : undefined,
    amount: money(amount),
  }));
}

function sumsOf(view: LetterView, locale: PageLocale): Priced[] {
  const { totals, kind, amount } = view;
  const money = moneyIn(view, locale);
  const words = wordsIn(locale);
  const more = letterWordsIn(locale);
  const label = kind === 'refund' ? more.paid : totals.recurring ? words.totalToday : words.total;
  return [
    ...(totals.discount > 0 ? [{ label: words.subtotal, amount: money(totals.subtotal) }] : []),
    ...totals.discounts.map(({ code, amount: less }) => ({
      label: words.discount(oneLine(code)),
      amount: `−${money(less)}`,
    })),
    { label, amount: money(totals.total) },
    ...(kind === 'refund' ? [{ label: more.refunded, amount: money(amount) }] : []),
  ];
}

function recurringOf(recurring: LetterRecurring, money: Money, locale: PageLocale): string[] {
  const words = wordsIn(locale);
  const { amount, interval, intervalCount, nextChargeAt, trialEndsAt, later } = recurring;
  const period = words.perInterval(interval, intervalCount);
  const date = (iso: string) => formatDate(iso, locale);
  return [
    ...(trialEndsAt
      ? [words.trialEnds(date(trialEndsAt)), words.recurs(money(amount), period)]
      : [words.renews(money(amount), period)]),
    `${words.nextCharge}${letterWordsIn(locale).colon} ${date(nextChargeAt)}`,
    ...(later ? [words.fullFrom(date(later.discountEndsAt), money(later.fullAmount), period)] : []),
  ];
}

function factsOf(view: LetterView, locale: PageLocale): { term: string; text: string }[] {
  const words = wordsIn(locale);
  const { customer, sessionId, reference, at } = view;
  const buyer = [customer.name, customer.email].filter(Boolean).map((part) => oneLine(part ?? ''));
  return [
    view.recipient === 'buyer'
      ? { term: words.paidTo, text: oneLine(view.merchantName) }
      : { term: letterWordsIn(locale).buyer, text: buyer.join(', ') || '–' },
    { term: words.date, text: formatDate(at, locale) },
    // As the confirmation page names it.
    { term: words.reference, text: reference ?? sessionId.slice(-8).toUpperCase() },
    { term: words.sessionId, text: sessionId },
  ];
}

function linksOf(view: LetterView, locale: PageLocale): Link[] {
  const words = letterWordsIn(locale);
  const { confirmationUrl, manageUrl, recipient, kind } = view;
  const label = recipient === 'buyer' && kind !== 'refund' ? words.confirmation : words.seePayment;
  return [
    ...(confirmationUrl ? [{ label, href: confirmationUrl }] : []),
    ...(manageUrl ? [{ label: words.manage, href: manageUrl, note: words.manageText }] : []),
  ];
}
