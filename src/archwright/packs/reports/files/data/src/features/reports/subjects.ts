import type { ParseKeysWithoutVariables } from 'i18next';

interface SubjectKind {
  labelKey: ParseKeysWithoutVariables;
  /** Where it is shown: `:id` stands for its id, `:owner` for the handle of whose it is. */
  path: string;
  /** A member is not removed but suspended. */
  removable: boolean;
}

const kinds: Readonly<Record<string, SubjectKind>> = {
//% for t in targets
//% if t.owner == 'id'
  /*= t.snake|ident =*/: {
    labelKey: 'reports./*= t.snake =*/.kind',
    path: '/u/:owner',
    removable: false,
  },
//% else
  /*= t.snake|ident =*/: {
    labelKey: 'reports./*= t.snake =*/.kind',
    path: '//*= t.kebabs =*//:id',
    removable: true,
  },
//% endif
//% endfor
};

const UNKNOWN: SubjectKind = { labelKey: 'reports.reasons.other', path: '/', removable: false };

/** What can be reported, by kind. */
export function subjectKind(kind: string): SubjectKind {
  return kinds[kind] ?? UNKNOWN;
}

export function subjectPath(kind: string, id: string, owner: string | null): string {
  return subjectKind(kind)
    .path.replace(':id', encodeURIComponent(id))
    .replace(':owner', encodeURIComponent(owner ?? ''));
}
