import { LogOutIcon, MonitorIcon, MoonIcon, SunIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { toast } from 'sonner';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuChoices,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from '@/components/ui/dropdown-menu';
import { errorMessage } from '@/lib/errors';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { useTheme, type ThemeChoice } from '@/lib/theme';
import { BOTTOM_BAR_ENTRIES } from './bottom-bar';
import type { NavigationEntry } from './navigation';
import { useNavigationEntries } from './use-navigation-entries';

function ThemeChoices() {
  const { t } = useTranslation();
  const { choice, choose } = useTheme();
  return (
    <DropdownMenuChoices
      value={choice}
      onValueChange={(value) => choose(value as ThemeChoice)}
      choices={[
        { value: 'light', label: t('app.themeLight'), icon: SunIcon },
        { value: 'dark', label: t('app.themeDark'), icon: MoonIcon },
        { value: 'system', label: t('app.themeSystem'), icon: MonitorIcon },
      ]}
    />
  );
}

function MenuLinks({
  entries,
  phoneOnly = false,
}: {
  entries: NavigationEntry[];
  phoneOnly?: boolean;
}) {
  const { t } = useTranslation();
  return entries.map(({ to, labelKey, icon: Icon }) => (
    <DropdownMenuItem key={to} asChild className={phoneOnly ? 'md:hidden' : ''}>
      <Link to={to}>
        <Icon aria-hidden="true" />
        {t(labelKey)}
      </Link>
    </DropdownMenuItem>
  ));
}

/** Theme and sign-in for guests. */
function GuestMenu() {
  const { t } = useTranslation();
  const location = useLocation();
  const icon = (
    <Button variant="ghost" size="icon" aria-label={t('app.theme')}>
      <SunIcon aria-hidden="true" className="dark:hidden" />
      <MoonIcon aria-hidden="true" className="hidden dark:block" />
    </Button>
  );
  return (
    <>
      <DropdownMenu trigger={icon}>
        <ThemeChoices />
      </DropdownMenu>
      <Button asChild size="sm">
        <Link to={signInPath(location)}>{t('app.signIn')}</Link>
      </Button>
    </>
  );
}

/** Everything about oneself, and on phones what the bottom bar has no room for. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { status, user, signOut } = useSession();
  const { main, account, staff } = useNavigationEntries();
  if (status === 'loading') return null;
  if (user === null) return <GuestMenu />;
  const name = user.email ?? t('app.account');
  const leave = () => {
    signOut().catch((error: unknown) => toast.error(errorMessage(error, t)));
  };
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('app.account')}>
          <Avatar name={name} size="sm" />
        </Button>
      }
    >
      <DropdownMenuLabel>{name}</DropdownMenuLabel>
      <MenuLinks entries={account} />
      <MenuLinks entries={[...main.slice(BOTTOM_BAR_ENTRIES), ...staff]} phoneOnly />
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t('app.theme')}</DropdownMenuLabel>
      <ThemeChoices />
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={leave}>
        <LogOutIcon aria-hidden="true" />
        {t('app.signOut')}
      </DropdownMenuItem>
    </DropdownMenu>
  );
}
