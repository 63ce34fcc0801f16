import { Flood } from '../../dist/libs/load-generator/flood.js';
import { storm } from './storm.mjs';

const HOSTILE = { sockets: 200, perSecond: 5_000 };

/** Honest people who vote while hostile connections flood their hub, with default limits or with none. */
export const flooded = (limits) => async (stage, options) => {
  const node = await stage.startNode({ LIMIT_FACTOR: '1', LIMITS: limits });
  const everybody = await stage.people(options.people + HOSTILE.sockets);
  const tokens = everybody.slice(0, options.people);
  const beside = (place) =>
    new Flood({
      ...place,
      tokens: everybody.slice(options.people),
      perSecond: HOSTILE.perSecond,
      localAddress: '127.0.0.200',
    }).start();
  return { limits, hostile: HOSTILE, ...(await storm(stage, { urls: [node.url], ...options, tokens, beside })) };
};
