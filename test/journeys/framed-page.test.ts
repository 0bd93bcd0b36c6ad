import { expect, it } from 'vitest';
import { submitOf } from './buyer.js';
import { useStreet } from './street.js';

const { street, newPage } = useStreet();

/** As docs/embedding.md says it. */
const listener = (api: string) => `<script>
  addEventListener('message', ({ origin, source, data }) => {
    window.told = [...(window.told ?? []), { origin, data }];
    for (const frame of document.querySelectorAll('iframe'))
      if (origin === '${api}' && source === frame.contentWindow && data.type === 'pay-link-height')
        frame.height = data.height;
  });
</script>`;

it('tells the page around it how high it is, at every change, and nobody else', async () => {
  const { api, links, page: write, shop } = street();
  const page = await newPage();
  await page.setViewportSize({ width: 390, height: 700 });
  const address = `${api}/p/${links.donation.id}?embed=1&locale=en`;
  await page.goto(
    write(`<iframe src="${address}" title="Donate" width="100%" height="150"></iframe>`, {
      head: listener(api),
    }),
  );
  const form = page.frameLocator('iframe').locator('pay-link-form');
  await form.getByLabel('E-mail').waitFor();
  const heights = () =>
    page.evaluate(() => {
      const frame = document.querySelector('iframe');
      const told = (window as { told?: { data: { height: number } }[] }).told ?? [];
      return [frame?.clientHeight, told.at(-1)?.data.height];
    });
  const inside = () =>
    page
      .frames()[1]
      ?.evaluate(() => [
        document.documentElement.offsetHeight,
        document.documentElement.scrollHeight,
      ]);
  await expect.poll(async () => (await heights())[0]).toBeGreaterThan(400);
  const [before] = await heights();
  // What is wrong is said below the fields: more to show.
  await submitOf(form).click();
  await expect.poll(async () => (await heights())[0]).toBeGreaterThan(before as number);
  const [height, told] = await heights();
  expect(height).toBe(told);
  // Nothing has to be scrolled inside.
  expect(await inside()).toEqual([height, height]);
  expect(new URL(shop).origin).not.toBe(api);
  const origins = await page.evaluate(() =>
    (window as { told?: { origin: string }[] }).told?.map(({ origin }) => origin),
  );
  expect([...new Set(origins)]).toEqual([api]);
});
