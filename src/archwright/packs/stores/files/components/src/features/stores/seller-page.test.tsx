import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { SellerPage } from './seller-page';
import type { StoreRole } from './stores-api';

const { t } = i18n;

function show(role: StoreRole | null, roles?: readonly StoreRole[]) {
  fakeRest({ store_members: role === null ? [] : [{ role, store: sampleStore() }] });
  renderPage(
    <SellerPage title="A page" {...(roles && { roles })}>
      {({ store }) => <p>{`inside ${store.name}`}</p>}
    </SellerPage>,
    { userId: 'ann', at: '/sell/one', path: '/sell/:storeId' },
  );
}

describe('a page of a store', () => {
  it('shows each role what it has to do there', async () => {
    show('support');
    expect(await screen.findByText('inside Corner Bakery')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('stores.team') })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: t('stores.settings') })).not.toBeInTheDocument();
  });

  it('is not there for other roles', async () => {
    show('support', ['owner']);
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });

  it('is not there for those outside the team', async () => {
    show(null);
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});
