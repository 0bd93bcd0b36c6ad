/** Brings who is writing to the first field that is wrong, out of whatever it is folded away in; else to what is said. */
export function toFirstMistake(page: ParentNode): void {
  const faulty = page.querySelector<HTMLElement>(
    '[aria-invalid="true"], .error[tabindex], fieldset[aria-describedby="items-error"] select',
  );
  faulty?.closest('details')?.setAttribute('open', '');
  (faulty ?? page.querySelector<HTMLElement>('.alert[tabindex]'))?.focus();
}
