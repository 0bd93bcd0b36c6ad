import { expect, it } from 'vitest';
import { wordsIn } from '../../src/dashboard/words/words.js';

const sentencesIn = (words: unknown): string[] => {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words ? Object.values(words).flatMap(sentencesIn) : [];
};

it('never breaks a French line before its colon, or inside its quotation marks', () => {
  const sentences = sentencesIn(wordsIn('fr'));
  expect(sentences.length).toBeGreaterThan(300);
  expect(sentences.filter((sentence) => / [;:?!»%]|« /.test(sentence))).toEqual([]);
});
