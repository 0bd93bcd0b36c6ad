/**
 * Something that is done a little later. Asked for again meanwhile it is done once, and never put off: where something
 * happens all the time, it is done all the time as well.
 */
export class Soon {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = 0;

  constructor(private readonly work: () => unknown) {}

  /** After so long at the latest. */
  in(ms: number): void {
    const due = Date.now() + ms;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.work();
    }, ms);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
