/** The devices that the hub's own pages need: to be on air, to share a screen, to play streams in full screen. */
const OWN = ['autoplay', 'camera', 'display-capture', 'fullscreen', 'microphone', 'screen-wake-lock'];

/** All other devices of browsers, so that injected code could not request them either. */
const NOBODY = [
  'accelerometer',
  'bluetooth',
  'browsing-topics',
  'clipboard-read',
  'clipboard-write',
  'cross-origin-isolated',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** The value of the header; a frame of another site gets nothing. */
export const PERMISSIONS_POLICY = [...OWN.map((name) => `${name}=(self)`), ...NOBODY.map((name) => `${name}=()`)].join(
  ', ',
);
