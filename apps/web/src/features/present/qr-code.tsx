import { useEffect, useState } from 'react';
import styles from './projector.module.css';

/** A code that phones read; drawn here, so that no other server learns of it. */
export function QrCode({ address, label }: { readonly address: string; readonly label: string }) {
  const [image, setImage] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    void import('qrcode').then(async ({ toString }) => {
      const svg = await toString(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' });
      if (isWanted) setImage(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    });
    return () => {
      isWanted = false;
    };
  }, [address]);
  return <span className={styles.qr}>{image && <img src={image} alt={label} />}</span>;
}
