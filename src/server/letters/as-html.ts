/**
 * A letter for whoever reads HTML: made as pages are, so that names stay text. Readers of mail know few style sheets,
 * so each element says itself how it looks; nothing is fetched, so that opening it tells nobody.
 */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Content } from './content.js';

type Html = ReturnType<typeof html>;

const row = (label: Html | string, amount: string, isStrong = false): Html => {
  const weight = isStrong ? 'bold' : 'normal';
  return html`<tr>
      <td style="padding:4px 16px 4px 0;text-align:left;font-weight:${weight}">${label}</td>
      <td style="padding:4px 0;text-align:right;white-space:nowrap;font-weight:${weight}">${amount}</td>
    </tr>`;
};

const table = (rows: Html[]): Html =>
  html`<table role="presentation" style="width:100%;border-collapse:collapse;margin:0 0 16px">${rows}</table>`;

export function asHtml(content: Content): HtmlEscapedString | Promise<HtmlEscapedString> {
  const { locale, subject, shopName, test, title, lead, sums, recurring, facts, links } = content;
  const last = sums.length - 1;
  return html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${subject}</title>
  </head>
  <body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
    <div style="max-width:560px;margin:0 auto">
      ${test ? html`<p style="margin:0 0 16px;padding:8px 12px;border:2px dashed"><strong>${test.title}</strong><br>${test.text}</p>` : null}
      <p style="margin:0 0 8px">${shopName}</p>
      <h1 style="margin:0 0 8px;font-size:24px;line-height:1.25">${title}</h1>
      <p style="margin:0 0 16px">${lead}</p>
      ${table(
        content.lines.map(({ label, note, amount }) =>
          row(note ? html`${label}<br><small>${note}</small>` : label, amount),
        ),
      )}
      ${table(sums.map(({ label, amount }, index) => row(label, amount, index === last)))}
      ${recurring.length ? html`<p style="margin:0 0 16px">${recurring.map((said) => html`${said}<br>`)}</p>` : null}
      ${table(facts.map(({ term, text }) => row(term, text)))}
      ${links.map(
        ({ label, href, note }) =>
          html`<p style="margin:0 0 16px">${label}${content.colon}<br><a href="${href}">${href}</a>${note ? html`<br><small>${note}</small>` : null}</p>`,
      )}
      <p style="margin:24px 0 0"><small>${content.foot}</small></p>
    </div>
  </body>
</html>
`;
}
