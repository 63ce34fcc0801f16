/** What the hub's own pages need: whoever is on air, whoever shares a screen, streams that play and fill the screen. */
const OWN = ['autoplay', 'camera', 'display-capture', 'fullscreen', 'microphone', 'screen-wake-lock'];

/** Everything else that browsers offer, so that nothing that got into a page could ask for it either. */
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
