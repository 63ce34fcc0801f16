/** What the oldest browsers of the build's target lack (Safari 16.4, Chrome 111, Firefox 114): by object, or by the name of a method. */
const STATIC = {
  AbortSignal: ['any'],
  Array: ['fromAsync'],
  Map: ['groupBy'],
  Object: ['groupBy'],
  Promise: ['withResolvers', 'try'],
  URL: ['canParse', 'parse'],
  Math: ['sumPrecise', 'f16round'],
  RegExp: ['escape'],
  Uint8Array: ['fromBase64', 'fromHex'],
};
const METHODS = [
  'checkVisibility',
  'difference',
  'intersection',
  'isDisjointFrom',
  'isSubsetOf',
  'isSupersetOf',
  'moveBefore',
  'startViewTransition',
  'symmetricDifference',
  'toBase64',
  'toHex',
  'union',
];

const message = (name) => `${name} is missing in browsers of the build's target (see apps/web/vite.config.ts).`;

/** For `no-restricted-properties`. */
export const newerApis = [
  ...Object.entries(STATIC).flatMap(([object, properties]) =>
    properties.map((property) => ({ object, property, message: message(`${object}.${property}`) })),
  ),
  ...METHODS.map((property) => ({ property, message: message(property) })),
];

/** The same, as pairs of an object and a property, for tests that remove them. */
export const newerStatics = Object.entries(STATIC).flatMap(([object, properties]) =>
  properties.map((property) => [object, property]),
);
