import { request as httpRequest, type IncomingMessage } from 'node:http';

const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

/** The response to an upgrade; an accepted one is closed again. */
export function upgrade(
  url: string,
  path = '/socket.io/?EIO=4&transport=websocket',
  headers: Record<string, string> = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(`${url}${path}`, { headers: { ...UPGRADE, ...headers }, agent: false });
    asking.on('response', (response) => resolve(response.resume()));
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    asking.on('error', reject);
    asking.end();
  });
}
