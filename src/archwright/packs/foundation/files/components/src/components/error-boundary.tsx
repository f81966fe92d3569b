import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** What stands in for the part that broke; by default a line with a button to try again. */
  fallback?: ReactNode;
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="flex items-center justify-between gap-3 rounded-xl border p-4">
      <p className="text-sm text-muted-foreground">{t('app.sectionError')}</p>
      <Button variant="ghost" size="sm" onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </div>
  );
}

/** Keeps a part of a page that breaks from taking the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return this.props.fallback ?? <Broken onRetry={() => this.setState({ broken: false })} />;
  }
}
