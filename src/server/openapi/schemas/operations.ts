import * as z from 'zod/mini';
import { lazy } from '../../../contract/index.js';
import { described } from '../described.js';

export const probeSchema = lazy(() => z.object({ status: z.string() }));

export const operations = [
  described('Probe', probeSchema(), {
    description: 'How the process is.',
    fields: { status: 'In words.' },
    examples: { Ready: { status: 'ready' } },
  }),
];
