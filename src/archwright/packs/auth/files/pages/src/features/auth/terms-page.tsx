import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { AuthPage } from './auth-page';
import { TERMS_VERSION } from './terms-version';

const sections = [
  'agreement',
  'account',
  'content',
  'conduct',
  'removal',
  'privacy',
  'liability',
  'changes',
] as const;

/** What members accept; the text is in the catalogue, its version in the database. */
export function Component() {
  const { t } = useTranslation();
  return (
    <AuthPage
      title={t('auth.termsTitle')}
      text={t('auth.termsVersion', { version: TERMS_VERSION })}
    >
      {sections.map((section) => (
        <section key={section} className="flex flex-col gap-1.5">
          <h2 className="font-bold">{t(`auth.terms.${section}.title`)}</h2>
          <p className="text-muted-foreground">{t(`auth.terms.${section}.text`)}</p>
        </section>
      ))}
      <Button asChild variant="secondary" className="self-center">
        <Link to="/">{t('auth.backHome')}</Link>
      </Button>
    </AuthPage>
  );
}
