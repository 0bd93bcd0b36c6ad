/** What is being written, as the parts of its form see it. */
import type { Desk } from '../desk.js';
import type { Field } from './field.js';
import type { Mistakes } from './typed.js';

export interface Writing<Draft, Changes = Partial<Draft>> {
  readonly desk: Desk;
  readonly draft: Draft;
  /** Only of fields that were left, or all of them once it was sent. */
  readonly mistakes: Mistakes;
  change(changes: Changes): void;
  /** A field was left: what is wrong with it may be said. */
  leave(path: string): void;
}

type TextName<Draft> = {
  [Name in keyof Draft & string]: Draft[Name] extends string ? Name : never;
}[keyof Draft & string];

/** What fields of text have in common. */
export function fieldOf<Draft>(
  { desk, draft, mistakes, change, leave }: Writing<Draft>,
  name: TextName<Draft>,
  label: string,
  hint?: string,
): Field {
  return {
    ...{ name, label, hint, value: `${draft[name]}`, error: mistakes[name] },
    optional: desk.words.common.optional,
    onInput: (value) => change({ [name]: value } as unknown as Partial<Draft>),
    onLeave: () => leave(name),
  };
}
