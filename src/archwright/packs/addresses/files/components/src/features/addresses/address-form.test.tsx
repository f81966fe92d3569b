import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleAddress } from '@/test/sample-address';
import { AddressDialog } from './address-dialog';
import { addressSchema, formValues } from './address-schema';

const { t } = i18n;

describe('the form of an address', () => {
  it('asks for what is missing, the postal code only where there are any', async () => {
    const rest = fakeRest({ addresses: null });
    renderPage(<AddressDialog open onOpenChange={vi.fn()} address={null} />, { userId: 'ann' });
    await userEvent.selectOptions(screen.getByLabelText(t('addresses.country')), 'HK');
    await userEvent.type(screen.getByLabelText(t('addresses.name')), 'Ann Lee');
    await userEvent.click(screen.getByRole('button', { name: t('addresses.save') }));
    expect(await screen.findAllByText(t('app.fieldRequired'))).toHaveLength(2);
    await userEvent.type(screen.getByLabelText(t('addresses.line1')), '1 Queen’s Road');
    await userEvent.type(screen.getByLabelText(t('addresses.city')), 'Central');
    await userEvent.click(screen.getByRole('button', { name: t('addresses.save') }));
    const sent = () => rest.mock.calls.find(([, init]) => init?.method === 'POST')?.[1]?.body;
    await waitFor(() => expect(sent()).toBeDefined());
    expect(JSON.parse(sent() as string)).toMatchObject({
      name: 'Ann Lee',
      country: 'HK',
      line2: null,
      postal_code: null,
      default_shipping: false,
    });
  });

  it('stays open and says why an address is refused', async () => {
    const onOpenChange = vi.fn();
    fakeRest({ addresses: { code: '23514', message: 'addresses_too_many' } }, 400);
    const address = sampleAddress();
    renderPage(<AddressDialog open onOpenChange={onOpenChange} address={address} />, {
      userId: 'ann',
    });
    expect(screen.queryByLabelText(t('addresses.makeShipping'))).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: t('addresses.save') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('addresses.tooMany'));
    expect(onOpenChange).not.toHaveBeenCalled();
  });
});

describe('addressSchema', () => {
  it('refuses a phone number of words and a country of none', () => {
    const wrong = { ...formValues(sampleAddress(), ''), phone: 'call me', country: '' };
    const paths = addressSchema.safeParse(wrong).error?.issues.map(({ path }) => path[0]);
    expect(paths).toEqual(['country', 'phone']);
  });
});
