import type { Board } from './boards-api';

/** One board in a list. */
export function BoardRow({ board }: { board: Board }) {
  return (
    <div className="flex items-center gap-2 py-3">
      <span className="font-medium">{board.title}</span>
      {/*% slot "board.row" %*/}
    </div>
  );
}
