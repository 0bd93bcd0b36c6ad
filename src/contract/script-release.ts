/** The script of now under an address whose content never changes. */
import * as z from 'zod/mini';
import { lazy } from './lazy.js';

export const scriptReleaseSchema = lazy(() =>
  z.object({
    version: z.string(),
    src: z.string(),
    /** Of the `<script>`, beside `crossorigin="anonymous"`: a browser refuses any other bytes. */
    integrity: z.string(),
  }),
);
export type ScriptRelease = z.infer<ReturnType<typeof scriptReleaseSchema>>;
