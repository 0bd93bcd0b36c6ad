/**
 * A row is taken away with the button that was pressed, or is moved: the focus would be lost with it, and whoever goes
 * by keyboard would begin at the top of the page again.
 */
export function stayNear({ currentTarget }: Event, work: () => void): void {
  const button = currentTarget as HTMLElement;
  const row = button.parentElement;
  const group = button.closest('fieldset');
  work();
  // It is drawn before the next task.
  setTimeout(() => {
    if (button.isConnected) button.focus();
    // Of what is left of the row, else to where another one is added.
    else if (row?.isConnected) row.querySelector('button')?.focus();
    else [...(group?.querySelectorAll<HTMLElement>('button') ?? [])].at(-1)?.focus();
  });
}
