import type { ParseKeysWithoutVariables, TFunction } from 'i18next';

type Texts = Record<'label' | 'text', ParseKeysWithoutVariables>;

const texts: Readonly<Record<string, Texts>> = {
  admin: { label: 'profiles.roles.admin.label', text: 'profiles.roles.admin.text' },
/*% if has('reports') %*/
  moderator: { label: 'reports.moderator.label', text: 'reports.moderator.text' },
/*% endif %*/
};

/** What a role is called; one that has no texts yet goes by its name in the database. */
export function roleLabel(role: string, t: TFunction): string {
  const label = texts[role]?.label;
  return label ? t(label) : role.replaceAll('_', ' ');
}

/** What whoever holds a role may do. */
export function roleText(role: string, t: TFunction): string | null {
  const text = texts[role]?.text;
  return text ? t(text) : null;
}
