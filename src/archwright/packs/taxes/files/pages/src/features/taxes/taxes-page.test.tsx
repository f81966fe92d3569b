import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { rateSchema, today } from './rate-schema';
import { daysOf } from './taxes-api';
import { Component as TaxesPage } from './taxes-page';

const { t } = i18n;
const books = { id: 'books', name: 'Books', standard: false };
const german = { id: 'r', country: 'DE', region: null, rate: 0.07, during: '[2024-01-01,)' };

function show(rates: unknown[] = [german], classes: unknown[] = [books]) {
  const rest = fakeRest({ tax_classes: classes, tax_rates: rates, tax_countries: [] });
  renderPage(<TaxesPage />, { userId: 'ann' });
  return () =>
    rest.mock.calls.flatMap(([, init]) =>
      init?.method === 'POST' && typeof init.body === 'string'
        ? [JSON.parse(init.body) as Record<string, unknown>]
        : [],
    );
}

describe('the page of taxes', () => {
  it('shows rates in percent, and ends one only after a question', async () => {
    const sent = show();
    expect(await screen.findByText('7%')).toBeInTheDocument();
    const end = screen.getByRole('button', { name: t('taxes.endOf', { place: 'Germany' }) });
    await userEvent.click(end);
    expect(sent()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: t('taxes.endAction') }));
    await waitFor(() => expect(sent()[0]).toMatchObject({ p_rate: 'r' }));
  });

  it('sets a rate from a day on', async () => {
    const sent = show([]);
    expect(await screen.findByText(t('taxes.noRates'))).toBeInTheDocument();
    const form = within(screen.getByRole('form', { name: t('taxes.newRate') }));
    await userEvent.selectOptions(form.getByLabelText(t('taxes.country')), 'FR');
    await userEvent.type(form.getByLabelText(t('taxes.percent')), '5,5');
    await userEvent.click(form.getByRole('button', { name: t('taxes.setRate') }));
    await waitFor(() =>
      expect(sent()[0]).toMatchObject({ p_class: 'books', p_country: 'FR', p_rate: 0.055 }),
    );
  });

  it('says when there is nothing yet', async () => {
    show([], []);
    expect(await screen.findByText(t('taxes.emptyTitle'))).toBeInTheDocument();
  });
});

describe('what is read and typed', () => {
  it('reads a range of days', () => {
    expect(daysOf('[2024-01-01,)')).toEqual({ from: '2024-01-01', until: null });
    expect(daysOf('[2024-01-01,2025-01-01)').until).toBe('2025-01-01');
  });

  it('takes percent with up to three decimals', () => {
    const typed = (rate: string) =>
      rateSchema.safeParse({ country: 'US', region: '', rate, from: '2026-01-01' }).data?.rate;
    expect(typed('7.25')).toBe(0.0725);
    expect(typed('0')).toBe(0);
    expect(typed('100')).toBe(1);
    expect([typed('101'), typed('-1'), typed('7.1234'), typed('a lot')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(today(new Date(2026, 0, 5))).toBe('2026-01-05');
  });
});
