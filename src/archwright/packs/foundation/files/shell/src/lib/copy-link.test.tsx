import { renderHook } from '@testing-library/react';
import { toast } from 'sonner';
import { describe, expect, it, vi } from 'vitest';
import { useCopyLink } from './copy-link';
import { i18n } from './i18n';

function withClipboard(writeText: (text: string) => Promise<void>) {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  return {
    copy: renderHook(() => useCopyLink()).result.current,
    said: vi.spyOn(toast, 'success'),
    complained: vi.spyOn(toast, 'error'),
  };
}

describe('useCopyLink', () => {
  it('copies a whole address and says so', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>().mockResolvedValue();
    const { copy, said } = withClipboard(writeText);
    expect(await copy('/u/ann')).toBe(true);
    expect(writeText).toHaveBeenCalledWith(`${window.location.origin}/u/ann`);
    expect(said).toHaveBeenCalledWith(i18n.t('app.linkCopied'));
  });

  it('says when that does not work', async () => {
    const { copy, said, complained } = withClipboard(() => Promise.reject(new Error('denied')));
    expect(await copy('/u/ann')).toBe(false);
    expect(said).not.toHaveBeenCalled();
    expect(complained).toHaveBeenCalledTimes(1);
  });
});
