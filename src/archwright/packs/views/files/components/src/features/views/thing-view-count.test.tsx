import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { ThingViewCount } from './thing-view-count';

it('is short for the eye and exact for screen readers', () => {
  render(<ThingViewCount thing={{ view_count: 1234 }} />);
  expect(screen.getByText('1.2K')).toHaveAttribute('aria-hidden', 'true');
  expect(screen.getByText(i18n.t('views.count', { count: 1234 }))).toBeInTheDocument();
});
