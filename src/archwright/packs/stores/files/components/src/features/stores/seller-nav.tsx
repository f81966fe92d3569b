import type { ParseKeysWithoutVariables } from 'i18next';
import { LayoutDashboardIcon, type LucideIcon, SettingsIcon, UsersIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { cn } from '@/lib/cn';
import type { StoreRole } from './stores-api';

interface SellerNavEntry {
  /** Below /sell/:storeId; '' is the overview. */
  to: string;
  labelKey: ParseKeysWithoutVariables;
  icon: LucideIcon;
  /** Who sees the entry; everybody in the team where it says nothing. */
  roles?: readonly StoreRole[];
}

const entries: readonly SellerNavEntry[] = [
  { to: '', labelKey: 'stores.overview', icon: LayoutDashboardIcon },
  /*% slot "seller.nav" %*/
  { to: 'team', labelKey: 'stores.team', icon: UsersIcon },
  { to: 'settings', labelKey: 'stores.settings', icon: SettingsIcon, roles: ['owner', 'manager'] },
];

interface SellerNavProps {
  storeId: string;
  role: StoreRole;
}

/** The pages of a store that this role has something to do on. */
export function SellerNav({ storeId, role }: SellerNavProps) {
  const { t } = useTranslation();
  const shown = entries.filter(({ roles }) => roles === undefined || roles.includes(role));
  return (
    <nav aria-label={t('stores.sellerNav')}>
      <ul className="flex [scrollbar-width:none] gap-1 overflow-x-auto border-b">
        {shown.map(({ to, labelKey, icon: Icon }) => (
          <li key={to}>
            <NavLink
              to={`/sell/${storeId}${to === '' ? '' : `/${to}`}`}
              end={to === ''}
              className={({ isActive }) =>
                cn(
                  'flex h-11 items-center gap-2 border-b-2 border-transparent px-3 text-sm font-semibold whitespace-nowrap text-muted-foreground hover:text-foreground focus-visible:outline-2 focus-visible:-outline-offset-2',
                  isActive && 'border-primary text-foreground',
                )
              }
            >
              <Icon aria-hidden="true" className="size-4" />
              {t(labelKey)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
