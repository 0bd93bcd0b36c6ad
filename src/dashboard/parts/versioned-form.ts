/** A form over something that is there already: saved over the version that was read, and no other. */
import { nothing, type TemplateResult } from 'lit';
import type { DeskProblem, Versioned } from '../api.js';
import { differencesOf } from '../link-form/differences.js';
import type { DeskPage } from '../pages/desk-page.js';
import { conflictPanel } from './conflict.js';
import { Form, type FormOptions } from './form.js';

interface Options<Draft, Saved> extends Omit<FormOptions<Draft>, 'send'> {
  readonly draftOf: (saved: Saved) => Draft;
  readonly read: () => Promise<Versioned<Saved>>;
  /** @param etag of the version that was read, for `If-Match` */
  readonly send: (draft: Draft, etag: string) => Promise<unknown>;
  /** What is saved has come to be shown: it was read, or another's version was taken. */
  readonly onTake?: (saved: Saved) => void;
}

interface Conflicting {
  /** That somebody else has saved it meanwhile. */
  readonly title: string;
  /** A field as the form names it. */
  nameOf(field: string): string;
}

export class VersionedForm<Draft extends object, Saved> extends Form<Draft> {
  saved: Saved | undefined;
  #etag = '';
  #theirs: Versioned<Saved> | undefined;

  constructor(
    host: DeskPage,
    private readonly versioned: Options<Draft, Saved>,
  ) {
    super(host, { ...versioned, send: (draft) => versioned.send(draft, this.#etag) });
  }

  /** What stands in the fields where nothing was written yet. */
  get savedDraft(): Draft | undefined {
    return this.saved && this.versioned.draftOf(this.saved);
  }

  /** @throws Problem */
  async read(): Promise<void> {
    this.take(await this.versioned.read());
  }

  take({ value, etag }: Versioned<Saved>): void {
    this.saved = value;
    this.#etag = etag;
    this.#theirs = undefined;
    this.begin(this.versioned.draftOf(value));
    this.versioned.onTake?.(value);
  }

  /**
   * It was saved as this draft says. What was typed on meanwhile stays, and is not saved yet.
   * @returns whether nothing was
   */
  settle({ value, etag }: Versioned<Saved>, sent: Draft): boolean {
    if (this.draft === sent) {
      this.take({ value, etag });
      return true;
    }
    this.saved = value;
    this.#etag = etag;
    this.#theirs = undefined;
    return false;
  }

  protected override async trouble(problem: DeskProblem, draft: Draft): Promise<void> {
    if (problem.code !== 'precondition_failed') return super.trouble(problem, draft);
    try {
      this.#theirs = await this.versioned.read();
    } catch (error) {
      return this.host.desk.sayTrouble(error);
    }
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.querySelector<HTMLElement>('#conflict-title')?.focus();
  }

  /** Where somebody else has saved it meanwhile: what differs, and whose it shall be. */
  conflict({ title, nameOf }: Conflicting): TemplateResult | typeof nothing {
    const theirs = this.#theirs;
    if (!theirs || !this.draft) return nothing;
    return conflictPanel(this.host.desk, {
      ...{ title, nameOf },
      differences: differencesOf(this.versioned.draftOf(theirs.value), this.draft, nameOf),
      keepYours: () => {
        this.#theirs = undefined;
        this.#etag = theirs.etag;
        // It is theirs that is written over.
        this.saved = theirs.value;
        void this.send();
      },
      takeTheirs: () => this.take(theirs),
    });
  }
}
