import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { RemovedNotice } from './removed-notice';
import { ReportDialog } from './report-dialog';
import { useReportDialogStore } from './report-dialog-store';
import { ReportMenuItem } from './report-menu-item';

const { t } = i18n;
const film = { id: 'f1', author: { id: 'bob' } };

async function openMenu(userId: string | null) {
  renderPage(
    <>
      <DropdownMenu trigger={<Button>menu</Button>}>
        <DropdownMenuItem>other</DropdownMenuItem>
        <ReportMenuItem kind="film" of={film} />
      </DropdownMenu>
      <ReportDialog />
    </>,
    { userId },
  );
  await userEvent.click(screen.getByRole('button', { name: 'menu' }));
}

describe('reporting', () => {
  beforeEach(() => useReportDialogStore.getState().close());

  it('says that it is loading until the form is there', async () => {
    fakeRest({});
    renderPage(<ReportDialog />, { userId: 'ann' });
    act(() => useReportDialogStore.getState().ask('film', 'f1'));
    expect(screen.getByRole('status', { name: t('app.loading') })).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: t('reports.send') })).toBeInTheDocument();
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('needs a reason', async () => {
    const request = fakeRest({});
    await openMenu('ann');
    await userEvent.click(screen.getByRole('menuitem', { name: t('reports.report') }));
    await userEvent.click(await screen.findByRole('button', { name: t('reports.send') }));
    await waitFor(() =>
      expect(screen.getByRole('combobox', { name: t('reports.reason') })).toBeInvalid(),
    );
    expect(request).not.toHaveBeenCalledWith(
      expect.stringContaining('report_subject'),
      expect.anything(),
    );
  });

  it('sends the reason and closes', async () => {
    const request = fakeRest({ report_subject: null });
    await openMenu('ann');
    await userEvent.click(screen.getByRole('menuitem', { name: t('reports.report') }));
    await userEvent.click(await screen.findByRole('combobox', { name: t('reports.reason') }));
    await userEvent.click(await screen.findByRole('option', { name: t('reports.reasons.spam') }));
    await userEvent.click(screen.getByRole('button', { name: t('reports.send') }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(request).toHaveBeenCalledWith(
      expect.stringContaining('/rpc/report_subject'),
      expect.objectContaining({
        body: JSON.stringify({ p_kind: 'film', p_subject: 'f1', p_reason: 'spam', p_details: '' }),
      }),
    );
  });

  it.each([null, 'bob'])('is not offered to %s', async (userId) => {
    fakeRest({});
    await openMenu(userId);
    expect(screen.getAllByRole('menuitem')).toHaveLength(1);
  });
});

describe('RemovedNotice', () => {
  const removed = { removed_at: '2026-01-01T00:00:00Z', author: { id: 'bob' } };

  it('is there for what was removed only', () => {
    fakeRest({});
    const { unmount } = renderPage(<RemovedNotice of={removed} />);
    expect(screen.getByText(t('reports.removedTitle'))).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    unmount();
    renderPage(<RemovedNotice of={{ ...removed, removed_at: null }} />);
    expect(screen.queryByText(t('reports.removedTitle'))).not.toBeInTheDocument();
  });

  it('leads its author to the reason', async () => {
    fakeRest({});
    renderPage(<RemovedNotice of={removed} />, { userId: 'bob' });
    const link = await screen.findByRole('link', { name: t('reports.why') });
    expect(link).toHaveAttribute('href', '/decisions');
  });
});
