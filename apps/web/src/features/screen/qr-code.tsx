import { useEffect, useState } from 'react';
import { loadPart } from '../../platform/load-part.js';
import styles from './projector.module.css';

/** A QR code; drawn here, so that no other server gets the address. */
export function QrCode({ address, label }: { readonly address: string; readonly label: string }) {
  const [image, setImage] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    const draw = async () => {
      const { toString } = await loadPart(() => import('qrcode'));
      const svg = await toString(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' });
      if (isWanted) setImage(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    };
    draw().catch(() => undefined); // the address beside it is readable without the code
    return () => {
      isWanted = false;
    };
  }, [address]);
  return <span className={styles.qr}>{image && <img src={image} alt={label} />}</span>;
}
