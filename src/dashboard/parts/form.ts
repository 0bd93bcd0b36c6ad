/** A form: what is being written in it, what is wrong with it so far, and how it is sent. */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { type DeskProblem, problemOf } from '../api.js';
import type { DeskPage } from '../pages/desk-page.js';
import { spoken } from '../trouble.js';
import { idOf } from './field.js';
import { toFirstMistake } from './first-mistake.js';
import type { Mistakes } from './typed.js';

export interface FormOptions<Draft> {
  /** What is wrong with it as it stands, by field. */
  readonly mistakesOf: (draft: Draft) => Mistakes;
  readonly send: (draft: Draft) => Promise<unknown>;
  /** What the server found wrong, by field; empty where no field can say it. */
  readonly refusedOf: (problem: DeskProblem, draft: Draft) => Mistakes;
  readonly onChange?: (changes: Partial<Draft>) => void;
}

const all = '*';

export class Form<Draft extends object> implements ReactiveController {
  /** Undefined while nothing is being written. */
  draft: Draft | undefined;
  isBusy = false;
  isUnsaved = false;

  /** Fields whose mistakes may be told; `*`: all of them. */
  #left: ReadonlySet<string> = new Set();
  /** What the server found wrong, until it is written anew. */
  #refused: Mistakes = {};
  #element: ParentNode | undefined;

  constructor(
    protected readonly host: DeskPage,
    private readonly options: FormOptions<Draft>,
  ) {
    host.addController(this);
  }

  /** Mistakes that no field of the page tells: the summary has to. */
  #untold: readonly string[] = [];

  hostUpdated(): void {
    const paths = this.#left.has(all) ? Object.keys(this.mistakes) : [];
    const untold = paths.filter((path) => !this.#isTold(path));
    if (untold.join() === this.#untold.join()) return;
    this.#untold = untold;
    this.host.requestUpdate();
  }

  #isTold(path: string): boolean {
    const said = `[id="${idOf(path)}-error"], [data-tells="${path}"]`;
    return this.host.querySelector(said) !== null;
  }

  /** Anew from this, of which nothing is lost yet; undefined: nothing is written any more. */
  begin(draft: Draft | undefined): void {
    this.draft = draft;
    this.#left = new Set();
    this.#refused = {};
    this.#keep(false);
  }

  readonly change = (changes: Partial<Draft>): void => {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...changes };
    this.#refused = {};
    this.#keep(true);
    this.options.onChange?.(changes);
  };

  readonly leave = (field: string): void => {
    this.#left = new Set([...this.#left, field]);
    this.host.requestUpdate();
  };

  /** What is said to be wrong just now: all of it once it was sent, else where a field was left. */
  get mistakes(): Mistakes {
    if (!this.draft) return {};
    const told = Object.entries(this.options.mistakesOf(this.draft)).filter(
      ([field]) => this.#left.has(all) || this.#left.has(field),
    );
    return { ...Object.fromEntries(told), ...this.#refused };
  }

  readonly submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || !this.draft) return;
    this.#element = event.target as HTMLFormElement;
    this.#left = new Set([all]);
    if (Object.keys(this.mistakes).length) return this.#toFirstMistake();
    await this.send();
  };

  protected async send(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    this.isBusy = true;
    this.host.requestUpdate();
    try {
      await this.options.send(draft);
    } catch (error) {
      await this.trouble(await problemOf(error), draft);
    }
    this.isBusy = false;
    this.host.requestUpdate();
  }

  protected async trouble(problem: DeskProblem, draft: Draft): Promise<void> {
    const refused = this.options.refusedOf(problem, draft);
    if (!Object.keys(refused).length) return this.host.desk.sayTrouble(problem);
    this.#refused = refused;
    await this.#toFirstMistake();
  }

  async #toFirstMistake(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    toFirstMistake(this.#element ?? this.host);
  }

  #keep(isUnsaved: boolean): void {
    this.isUnsaved = isUnsaved;
    this.host.desk.keep(isUnsaved);
    this.host.requestUpdate();
  }

  /** How many mistakes there are, once it was sent with them; and what is wrong where no field can say it. */
  summary(): TemplateResult | typeof nothing {
    const { mistakes } = this;
    const { length } = Object.keys(mistakes);
    if (!this.#left.has(all) || !length) return nothing;
    const { linkForm } = this.host.desk.words;
    const untold = this.#untold.flatMap((path) => mistakes[path] ?? []);
    const fields = length - untold.length;
    return html`<div class="alert" role="alert" tabindex="-1">
      ${fields ? html`<h2>${linkForm.mistakes(fields)}</h2>` : nothing}
      ${[...new Set(untold)].map((sentence) => html`<p>${spoken(sentence)}</p>`)}</div>`;
  }
}
