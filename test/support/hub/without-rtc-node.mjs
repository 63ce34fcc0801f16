// Loaded before a node: the optional package of the demo's speaker cannot be found, as if it were not installed.
import Module from 'node:module';

const find = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  if (name === '@livekit/rtc-node') throw Object.assign(new Error(`Cannot find ${name}`), { code: 'MODULE_NOT_FOUND' });
  return find.call(Module, name, ...rest);
};
