import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { BlockDialog } from './block-dialog';
import { useBlockDialogStore } from './block-dialog-store';
import { BlockMenuItems } from './block-menu-items';

const { t } = i18n;
const bob = { id: 'bob', handle: 'bob' };

async function openMenu(userId: string | null, of: Parameters<typeof BlockMenuItems>[0]['of']) {
  renderPage(
    <>
      <DropdownMenu trigger={<Button>menu</Button>}>
        <DropdownMenuItem>other</DropdownMenuItem>
        <BlockMenuItems of={of} />
      </DropdownMenu>
      <BlockDialog />
    </>,
    { userId },
  );
  await userEvent.click(screen.getByRole('button', { name: 'menu' }));
}

describe('BlockMenuItems', () => {
  beforeEach(() => useBlockDialogStore.getState().close());

  it('asks before it blocks the author of something', async () => {
    const request = fakeRest({ mutes: null });
    await openMenu('ann', { author: bob });
    await userEvent.click(
      screen.getByRole('menuitem', { name: t('blocks.block', { handle: 'bob' }) }),
    );
    expect(await screen.findByRole('alertdialog')).toHaveAccessibleName(
      t('blocks.blockTitle', { handle: 'bob' }),
    );
    await userEvent.click(screen.getByRole('button', { name: t('blocks.blockConfirm') }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    const sent = request.mock.calls.find(([, init]) => init?.method === 'POST');
    expect(sent?.[1]?.body).toBe(JSON.stringify({ blocked_id: 'bob' }));
  });

  it('offers to unmute whom one has muted', async () => {
    fakeRest({ mutes: [{ muted_id: 'bob' }] });
    await openMenu('ann', bob);
    expect(
      await screen.findByRole('menuitem', { name: t('blocks.unmuteOne', { handle: 'bob' }) }),
    ).toBeInTheDocument();
  });

  it.each([null, 'bob'])('has nothing to offer to %s', async (userId) => {
    fakeRest({});
    await openMenu(userId, bob);
    expect(screen.getAllByRole('menuitem')).toHaveLength(1);
  });
});
