/** Licences under which a package may reach those who run or use a hub: each asks for no more than its text beside the copy. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
];
/** Tools of development may ask for more, because nobody gets them from us. */
const TOOLS = [...PERMISSIVE, 'MPL-2.0', 'CC-BY-4.0'];
/** Named in an old form that npm does not write into the lock. */
const NAMED_ELSEWHERE = { busboy: 'MIT', streamsearch: 'MIT', 'xmlhttprequest-ssl': 'MIT' };

export const licenceOf = ({ name, license }) => license ?? NAMED_ELSEWHERE[name] ?? null;

/** Packages under a licence that is not on the list, or under none. Packages that the registry does not have were not fetched and have no known licence. */
export function problemsOfLicences(lock, isShipped) {
  return lock
    .filter(({ integrity }) => integrity)
    .flatMap((entry) => {
      const licence = licenceOf(entry);
      const allowed = isShipped(entry) ? PERMISSIVE : TOOLS;
      if (licence && isAllowed(licence, allowed)) return [];
      return [`${entry.name}@${entry.version}: ${licence ?? 'no licence'}${isShipped(entry) ? '' : ' (a tool)'}`];
    });
}

/** An SPDX expression without nesting: one of the alternatives, all of whose parts are allowed. */
function isAllowed(expression, allowed) {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((part) => allowed.includes(part.trim())));
}
