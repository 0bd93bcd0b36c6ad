/** What the operator hears of the provider's messages that are refused: nobody else would notice. */
import { LRUCache } from 'lru-cache';
import type { Problem } from '../contract/index.js';
import type { Provider } from './provider/provider.js';
import { providers } from './provider/registry.js';

export type OnRefused = (problem: Problem) => void;

const aMinuteMs = 60_000;

/**
 * Each sentence at most once a minute, in each process: what was sent in vain comes again and again. Of a message that
 * is only early, or could not be read at the provider, nothing has to be set right here.
 */
export function tellRefused(
  provider: Pick<Provider, 'name' | 'testMode'>,
  log: (sentence: string) => void,
  now = () => performance.now(),
): OnRefused {
  /** When each was told last. */
  const told = new LRUCache<string, number>({ max: 20 });
  return (problem) => {
    const sentence = sentenceOf(problem, provider);
    const time = now();
    if (!sentence || time - (told.get(sentence) ?? Number.NEGATIVE_INFINITY) < aMinuteMs) return;
    told.set(sentence, time);
    log(sentence);
  };
}

function sentenceOf(
  { code, message }: Problem,
  { name, testMode }: Pick<Provider, 'name' | 'testMode'>,
): string | undefined {
  if (code === 'validation_failed') return message;
  if (code !== 'unauthorized') return undefined;
  const secret = providers.find((entry) => entry.name === name)?.webhookSecret.name ?? 'its secret';
  const side = testMode ? 'test' : 'live';
  return `A message to /v1/providers/${name}/webhook was not signed with ${secret}: is it the secret of the endpoint of the ${side} side?`;
}
