import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import styles from './projector.module.css';
import { QrCode } from './qr-code.js';

/** How to take part: the short address with the session's code, and the same as a QR code. */
export function JoinAddress({ session, address }: { readonly session: Session; readonly address: string }) {
  const { t } = useTranslation('present');
  const { joinCode } = session;
  const site = `${location.origin}/j/`;
  return (
    <div className={styles.join}>
      <div>
        <p>{t('join')}</p>
        <p className={styles.address} dir="ltr">
          {joinCode ? withoutScheme(site) : withoutScheme(address)}
          {joinCode && <b className={styles.code}>{joinCode}</b>}
        </p>
      </div>
      <QrCode address={joinCode ? site + joinCode : address} label={t('code')} />
    </div>
  );
}

const withoutScheme = (address: string) => address.replace(/^https?:\/\//, '');
