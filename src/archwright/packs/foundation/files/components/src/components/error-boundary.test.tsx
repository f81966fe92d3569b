import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { ErrorBoundary } from './error-boundary';

let broken = true;

function Part() {
  if (broken) throw new Error('broken part');
  return <p>all well</p>;
}

describe('ErrorBoundary', () => {
  beforeEach(() => {
    broken = true;
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('keeps the rest of the page and tries again', async () => {
    render(
      <>
        <p>the rest</p>
        <ErrorBoundary>
          <Part />
        </ErrorBoundary>
      </>,
    );
    expect(screen.getByRole('alert')).toHaveTextContent(i18n.t('app.sectionError'));
    expect(screen.getByText('the rest')).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: i18n.t('app.retry') }));
    expect(screen.getByText('all well')).toBeInTheDocument();
  });

  it('shows the stand-in that it was given', () => {
    render(
      <ErrorBoundary fallback={<p>instead</p>}>
        <Part />
      </ErrorBoundary>,
    );
    expect(screen.getByText('instead')).toBeInTheDocument();
  });
});
