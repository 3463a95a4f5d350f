import { findPrice } from './prices';

const provider = {
  id: 'example',
  prices: [
    { model: 'small', input: 1, output: 2 },
    { model: 'small-2025-04-14', input: 3, output: 4 },
    { model: 'large', input: 5, output: 6 },
  ],
};

it.each([
  ['small', 1],
  ['small-2025-04-14', 3],
  ['small-2025-05-01', 1],
  ['large-20250514', 5],
  ['large@20250514', 5],
  ['large-mini', undefined],
  ['large-mini-2025-04-14', undefined],
  ['larg', undefined],
])('knows the price of %s', (model, input) => {
  expect(findPrice({ configured: [], provider }, model)?.input).toBe(input);
});

it('believes the config before the adapter, for snapshots too', () => {
  const configured = [
    { provider: 'example', model: 'small', input: 7, output: 8 },
    { provider: 'other', model: 'large', input: 9, output: 9 },
  ];
  expect(findPrice({ configured, provider }, 'small-2025-04-14')?.input).toBe(7);
  expect(findPrice({ configured, provider }, 'large')?.input).toBe(5);
});
