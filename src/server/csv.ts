/**
 * A table as a stream of CSV (RFC 4180) that spreadsheets open as it is: marked as UTF-8, and with no cell that they
 * would take for a formula.
 */
import { ReadableStream } from 'node:stream/web';
import { stringify } from 'csv-stringify/sync';

type Row<Column extends string> = Record<Column, string>;

/**
 * The next page is read when whoever receives it has taken the last one, and no more once they are gone. The first is
 * read before this answers, so that what fails at once is not half a file.
 */
export async function csvStream<Column extends string>(
  columns: readonly Column[],
  pages: AsyncGenerator<readonly Row<Column>[], undefined>,
): Promise<ReadableStream<Uint8Array>> {
  const first = await pages.next();
  const written = (rows: readonly Row<Column>[], isFirst: boolean) =>
    Buffer.from(
      stringify([...rows], {
        columns: [...columns],
        header: isFirst,
        bom: isFirst,
        record_delimiter: 'windows',
        escape_formulas: true,
        // A lone one ends a line as well, for many readers.
        quoted_match: /[\r\n]/,
      }),
    );

  async function* parts(): AsyncGenerator<Uint8Array, undefined> {
    try {
      yield written(first.value ?? [], true);
      for await (const rows of pages) if (rows.length) yield written(rows, false);
    } finally {
      // Also where nobody came to the loop.
      await pages.return(undefined);
    }
  }
  return ReadableStream.from(parts());
}
