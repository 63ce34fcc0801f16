import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.js';
import { useStore } from '../../ui/use-store.js';
import { switchTheme, themeChoice, themeNow } from '../../platform/preferences.js';

export function ThemeButton() {
  const { t } = useTranslation();
  useStore(themeChoice);
  const isDark = themeNow() === 'dark';
  return (
    <IconButton
      icon={isDark ? 'sun' : 'moon'}
      label={t(isDark ? 'theme.light' : 'theme.dark')}
      variant="quiet"
      onClick={switchTheme}
    />
  );
}
