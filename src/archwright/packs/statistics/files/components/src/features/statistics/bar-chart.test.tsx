import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { formatDate } from '@/lib/format';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { BarChart } from './bar-chart';

const { t } = i18n;
const points = [
  { day: '2026-01-01', count: 2 },
  { day: '2026-01-02', count: 0 },
  { day: '2026-01-03', count: 4 },
];

describe('BarChart', () => {
  it('says in words and as a table what it shows', async () => {
    fakeRest({});
    renderPage(<BarChart metric="Hits" points={points} />);
    await userEvent.click(screen.getByText(t('statistics.table')));
    expect(screen.getByRole('img')).toHaveAccessibleName(
      t('statistics.chartText', { metric: 'Hits', total: '6', most: '4' }),
    );
    const table = screen.getByRole('table', { name: t('statistics.chart', { metric: 'Hits' }) });
    expect(within(table).getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
      '2',
      '0',
      '4',
    ]);
    const days = within(table).getAllByRole('rowheader');
    expect(days[0]).toHaveTextContent(formatDate(new Date(2026, 0, 1), i18n.language));
  });

  it('draws bars in proportion', () => {
    fakeRest({});
    const { container } = renderPage(<BarChart metric="Hits" points={points} />);
    const heights = [...container.querySelectorAll('rect')].map((bar) =>
      Number(bar.getAttribute('height')),
    );
    expect(heights[1]).toBe(0);
    expect(heights[2]).toBe(2 * Number(heights[0]));
  });

  it('has no height where nothing happened', () => {
    fakeRest({});
    const none = points.map((point) => ({ ...point, count: 0 }));
    const { container } = renderPage(<BarChart metric="Hits" points={none} />);
    expect(container.querySelector('rect')).toHaveAttribute('height', '0');
  });
});
