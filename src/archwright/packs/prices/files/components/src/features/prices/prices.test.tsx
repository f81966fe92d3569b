import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProduct, sampleVariant } from '@/test/sample-product';
import { sentTo } from '@/test/sent';
import { CardPrice } from './card-price';
import { CurrencyPicker } from './currency-picker';
import { PricesSection } from './prices-section';
import { VariantPrice } from './variant-price';

const { t } = i18n;
const euro = { currency: 'EUR', amount: 450, compare_at: null, several: true };
const product = sampleProduct({ price_from: [euro] });

describe('prices for shoppers', () => {
  it('stand on the card, from the lowest on', () => {
    renderPage(<CardPrice product={product} />);
    expect(screen.getByText(t('prices.from', { price: '€4.50' }))).toBeInTheDocument();
  });

  it('say so where a product is not offered', () => {
    renderPage(<CardPrice product={sampleProduct({ price_from: [] })} />);
    expect(screen.getByText(t('prices.notOffered'))).toBeInTheDocument();
  });

  it('tell what one costs, what it cost before, and what many cost each', async () => {
    fakeRest({
      current_prices: [
        { minimum_quantity: 1, amount: 450, compare_at: 600 },
        { minimum_quantity: 10, amount: 400, compare_at: null },
      ],
    });
    renderPage(<VariantPrice chosen={{ product, variant: sampleVariant() }} />);
    expect(await screen.findByText('€4.50')).toBeInTheDocument();
    expect(screen.getByText('€6.00')).toBeInTheDocument();
    const steps = screen.getByRole('list', { name: t('prices.steps') });
    expect(steps).toHaveTextContent('€4.00');
  });

  it('come in another currency where one chooses it', async () => {
    fakeRest({
      currencies: [
        { code: 'EUR', name: 'Euro' },
        { code: 'USD', name: 'US dollar' },
      ],
    });
    renderPage(<CurrencyPicker />);
    const now = (currency: string) => ({ name: t('prices.currencyNow', { currency }) });
    await userEvent.click(await screen.findByRole('button', now('EUR')));
    await userEvent.click(screen.getByRole('menuitemradio', { name: /USD/ }));
    expect(await screen.findByRole('button', now('USD'))).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', now('USD')));
    await userEvent.click(screen.getByRole('menuitemradio', { name: /EUR/ }));
  });
});

describe('prices for sellers', () => {
  it('are saved in minor units, and only where they are amounts', async () => {
    const list = { id: 'list', name: 'EUR', currency: 'EUR', is_default: true, active: true };
    const rest = fakeRest({
      price_lists: [list],
      variants: [sampleVariant()],
      set_price: 'one',
    });
    renderPage(<PricesSection product={product} />, { userId: 'ann' });
    const name = t('prices.onlyVariant');
    const amount = await screen.findByLabelText(t('prices.amountOf', { name, currency: 'EUR' }));
    const save = screen.getByRole('button', { name: t('prices.saveOf', { name }) });
    await userEvent.type(amount, 'ten');
    expect(save).toBeDisabled();
    await userEvent.clear(amount);
    await userEvent.type(amount, '12.5');
    await userEvent.click(save);
    await waitFor(() =>
      expect(sentTo(rest, 'set_price')).toMatchObject({ p_amount: 1250, p_list: 'list' }),
    );
  });

  it('wait for variants', async () => {
    fakeRest({});
    renderPage(<PricesSection product={product} />, { userId: 'ann' });
    expect(await screen.findByText(t('prices.variantsFirst'))).toBeInTheDocument();
  });
});
