/** An outside judge of the OpenAPI document: Redocly's linter, which also holds each example against its schema. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

interface Problem {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
}

/** What is wrong with an OpenAPI document by the rules of `test/redocly.yaml`. */
export function lint(text: string): Promise<Problem[]> {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, text);
  const command = ['lint', file, '--config', 'test/redocly.yaml', '--format', 'json'];
  return new Promise((resolve, reject) =>
    execFile(
      'node_modules/.bin/redocly',
      command,
      {
        cwd: root,
        maxBuffer: 1e8,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
      (_failed, output, trouble) => {
        rmSync(folder, { recursive: true });
        const begin = output.indexOf('{');
        if (begin < 0) reject(new Error(trouble));
        else resolve(JSON.parse(output.slice(begin)).problems);
      },
    ),
  );
}
