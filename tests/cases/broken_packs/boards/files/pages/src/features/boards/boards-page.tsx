import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { BoardRow } from './board-row';
import { useBoards } from './use-boards';

export function Component() {
  const { t } = useTranslation();
  return (
    <Page title={t('boards.title')}>
      <InfiniteList
        query={useBoards()}
        label={t('boards.title')}
        empty={{ title: t('boards.empty') }}
        getKey={(board) => board.id}
      >
        {(board) => <BoardRow board={board} />}
      </InfiniteList>
    </Page>
  );
}
