import { id } from '#libs/contract/text';
import { newId } from './new-id.js';

it('makes ids that the contract takes, each another', () => {
  const ids = Array.from({ length: 200 }, newId);
  expect(new Set(ids).size).toBe(200);
  for (const made of ids) expect(id.parse(made)).toBe(made);
});
