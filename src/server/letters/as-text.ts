/** A letter for whoever reads plain text. */
import type { Content } from './content.js';

export function asText(content: Content): string {
  const { colon, test, title, lead, lines, sums, recurring, facts, links, foot } = content;
  const priced = ({ label, note, amount }: Content['lines'][number]) =>
    `${label}${note ? ` (${note})` : ''}${colon} ${amount}`;
  const parts = [
    test ? [`*** ${test.title} ***`, test.text] : [],
    [title, lead],
    lines.map((line) => `- ${priced(line)}`),
    sums.map(priced),
    recurring,
    facts.map(({ term, text }) => `${term}${colon} ${text}`),
    ...links.map(({ label, href, note }) => [`${label}${colon}`, href, ...(note ? [note] : [])]),
    ['-- ', foot],
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}
