/** What a merchant pastes into a page. Every value is written so that it stays a value, whatever it holds. */

export interface Script {
  readonly src: string;
  readonly integrity: string;
}

export const kinds = ['html', 'react', 'vue', 'wordpress', 'iframe'] as const;
export type Kind = (typeof kinds)[number];

export interface Embedding {
  readonly element: 'button' | 'form';
  /** Of a button: where the form appears. */
  readonly display: 'modal' | 'popover' | 'page';
  readonly theme: 'auto' | 'light' | 'dark';
  /** Empty: the page's own. */
  readonly locale: string;
  readonly label: string;
  readonly showPrice: boolean;
  readonly email: string;
  readonly name: string;
  /** Minor units; empty: none. */
  readonly amount: string;
  readonly quantity: string;
  readonly promotionCode: string;
  readonly reference: string;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Only what differs from what happens anyway. */
function attributes(url: string, one: Embedding): [name: string, value: string | true][] {
  const isButton = one.element === 'button';
  const all: [string, string | true | false][] = [
    ['link', url],
    ['display', isButton && one.display !== 'modal' && one.display],
    ['show-price', isButton && one.showPrice],
    ['theme', one.theme !== 'auto' && one.theme],
    ['locale', one.locale],
    ['prefill-email', one.email],
    ['prefill-name', one.name],
    ['prefill-amount', one.amount],
    ['prefill-quantity', one.quantity],
    ['prefill-promotion-code', one.promotionCode],
    ['reference', one.reference],
  ];
  return all.filter((entry): entry is [string, string | true] => Boolean(entry[1]));
}

const written = (all: readonly [string, string | true][], indent: string): string =>
  all
    .map(([name, value]) => (value === true ? name : `${name}="${escaped(value)}"`))
    .join(all.length > 2 ? `\n${indent}` : ' ');

const tagOf = ({ element }: Embedding) =>
  element === 'button' ? 'pay-link-button' : 'pay-link-form';

const scriptTag = ({ src, integrity }: Script): string =>
  `<script async src="${escaped(src)}"\n  integrity="${escaped(integrity)}" crossorigin="anonymous"></script>`;

/** The link within is what a buyer without JavaScript uses. */
function element(url: string, one: Embedding, fallback: string): string {
  const tag = tagOf(one);
  const inner =
    one.element === 'button'
      ? `\n  <a href="${escaped(url)}">${escaped(one.label || fallback)}</a>\n`
      : '';
  return `<${tag} ${written(attributes(url, one), '  ')}>${inner}</${tag}>`;
}

/** In JSX a brace would begin a program: text goes in as a string. */
function jsx(url: string, one: Embedding, fallback: string): string {
  const tag = tagOf(one);
  const props = attributes(url, one)
    .map(([name, value]) => (value === true ? name : `${name}={${JSON.stringify(value)}}`))
    .join('\n      ');
  const inner =
    one.element === 'button'
      ? `\n      <a href={${JSON.stringify(url)}}>{${JSON.stringify(one.label || fallback)}}</a>\n    `
      : '';
  return `export function PayLink() {\n  return (\n    <${tag}\n      ${props}\n    >${inner}</${tag}>\n  );\n}`;
}

export interface Pasting {
  readonly kind: Kind;
  /** The link's own. */
  readonly url: string;
  readonly script: Script;
  readonly embedding: Embedding;
  /** What a button without a label says to who has no JavaScript. */
  readonly fallback: string;
}

export function snippet({ kind, url, script, embedding, fallback }: Pasting): string {
  const tag = scriptTag(script);
  switch (kind) {
    case 'html':
    case 'wordpress':
      return `${tag}\n\n${element(url, embedding, fallback)}\n`;
    case 'react':
      return `{/* public/index.html, once:\n${tag} */}\n\n${jsx(url, embedding, fallback)}\n`;
    // Text in double braces would be computed there.
    case 'vue':
      return `<!-- index.html, once:\n${tag} -->\n\n<template>\n${element(url, embedding, fallback).replace('<a ', '<a v-pre ').replace(/^/gm, '  ')}\n</template>\n`;
    case 'iframe':
      return frame(url, embedding, fallback);
  }
}

/** The hosted page takes what the element's attributes say in its query. */
function frame(url: string, one: Embedding, title: string): string {
  const asked = new URLSearchParams({ embed: '1' });
  const add = (name: string, value: string) => value && asked.set(name, value);
  add('locale', one.locale);
  add('prefill_email', one.email);
  add('prefill_name', one.name);
  add('prefill_amount', one.amount);
  add('prefill_quantity', one.quantity);
  add('prefill_promotion_code', one.promotionCode);
  add('reference', one.reference);
  return `<iframe src="${escaped(`${url}?${asked}`)}"\n  title="${escaped(title)}" width="100%" height="720" style="border: 0"></iframe>\n`;
}
