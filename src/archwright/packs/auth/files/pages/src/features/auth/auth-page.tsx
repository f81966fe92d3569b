import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Page } from '@/components/page';

interface AuthPageProps {
  title: string;
  text?: string | undefined;
  /** The way to the other pages. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A page about one's account, in the card of the bare layout. */
export function AuthPage({ title, text, footer, children }: AuthPageProps) {
  return (
    <Page title={title} text={text} width="bleed">
      {children}
      {footer !== undefined && (
        <p className="flex flex-wrap items-center justify-center gap-x-2 text-sm text-muted-foreground">
          {footer}
        </p>
      )}
    </Page>
  );
}

const links = {
  '/sign-in': 'auth.signIn',
  '/sign-up': 'auth.signUpTitle',
  '/forgot-password': 'auth.forgot',
} as const;

/** A link to another of these pages; where one wanted to go at first goes along. */
export function AuthLink({ to }: { to: keyof typeof links }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <Link
      to={{ pathname: to, search }}
      className="inline-flex h-11 items-center font-semibold text-link underline-offset-4 hover:underline focus-visible:outline-2"
    >
      {t(links[to])}
    </Link>
  );
}
