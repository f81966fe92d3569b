import type { ParseKeysWithoutVariables } from 'i18next';
import type { StoreRole, StoreStatus } from './stores-api';

export const roleKeys: Record<StoreRole, ParseKeysWithoutVariables> = {
  owner: 'stores.roleOwner',
  manager: 'stores.roleManager',
  catalog: 'stores.roleCatalog',
  fulfilment: 'stores.roleFulfilment',
  support: 'stores.roleSupport',
};

export const roleTextKeys: Record<StoreRole, ParseKeysWithoutVariables> = {
  owner: 'stores.roleOwnerText',
  manager: 'stores.roleManagerText',
  catalog: 'stores.roleCatalogText',
  fulfilment: 'stores.roleFulfilmentText',
  support: 'stores.roleSupportText',
};

export const statusKeys: Record<StoreStatus, ParseKeysWithoutVariables> = {
  active: 'stores.statusActive',
  suspended: 'stores.statusSuspended',
  closed: 'stores.statusClosed',
};
