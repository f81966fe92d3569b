import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { Button } from './button';
import { Dialog } from './dialog';
import { DropdownMenu, DropdownMenuChoices, DropdownMenuItem } from './dropdown-menu';
import { Label } from './label';
import { Select, SelectItem } from './select';
import { Sheet } from './sheet';

function WithOverlay({ kind: Overlay }: { kind: typeof Dialog | typeof Sheet }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>open</Button>
      <Overlay open={open} onOpenChange={setOpen} title="Comments" description="What people say">
        <input aria-label="Comment" />
      </Overlay>
    </>
  );
}

/** A menu whose item opens a dialog, and which is gone by the time that this closes. */
function FromMenu() {
  const [open, setOpen] = useState(false);
  const [menu, setMenu] = useState(true);
  return (
    <>
      <Button id="more">more</Button>
      {menu && (
        <div role="menu" aria-labelledby="more">
          <button type="button" role="menuitem" onClick={() => setOpen(true)}>
            edit
          </button>
        </div>
      )}
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setMenu(false);
          setOpen(next);
        }}
        title="Edit"
      />
    </>
  );
}

describe.each([
  ['Dialog', Dialog],
  ['Sheet', Sheet],
])('%s', (_name, kind) => {
  it('has a name, takes the focus, and gives it back', async () => {
    render(<WithOverlay kind={kind} />);
    const opener = screen.getByRole('button', { name: 'open' });
    await userEvent.click(opener);
    const overlay = screen.getByRole('dialog', { name: 'Comments' });
    expect(overlay).toHaveAccessibleDescription('What people say');
    expect(overlay).toContainElement(document.activeElement as HTMLElement);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });

  it('closes by its button', async () => {
    render(<WithOverlay kind={kind} />);
    await userEvent.click(screen.getByRole('button', { name: 'open' }));
    await userEvent.click(screen.getByRole('button', { name: i18n.t('app.close') }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('a dialog that a menu opened', () => {
  it('gives the focus back to what opened the menu', async () => {
    render(<FromMenu />);
    await userEvent.click(screen.getByRole('menuitem', { name: 'edit' }));
    await userEvent.keyboard('{Escape}');
    const opener = screen.getByRole('button', { name: 'more' });
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });
});

describe('Select', () => {
  it.each([
    ['its label', { id: 'span' }],
    ['a name of its own', { 'aria-label': 'Span' }],
  ])('and its list of choices are called by %s', async (_by, name) => {
    render(
      <>
        <Label htmlFor="span">Span</Label>
        <Select value="7" {...name}>
          <SelectItem value="7">A week</SelectItem>
        </Select>
      </>,
    );
    screen.getByRole('combobox', { name: 'Span' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('listbox', { name: 'Span' })).toBeVisible();
  });
});

describe('DropdownMenu', () => {
  it('works by keyboard', async () => {
    const remove = vi.fn();
    render(
      <DropdownMenu trigger={<Button>more</Button>}>
        <DropdownMenuItem>Share</DropdownMenuItem>
        <DropdownMenuItem onSelect={remove}>Delete</DropdownMenuItem>
      </DropdownMenu>,
    );
    screen.getByRole('button', { name: 'more' }).focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    expect(remove).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  it('marks the chosen one of several', async () => {
    const choose = vi.fn();
    const choices = [
      { value: 'new', label: 'Newest' },
      { value: 'top', label: 'Most liked' },
    ];
    render(
      <DropdownMenu trigger={<Button>sort</Button>}>
        <DropdownMenuChoices value="new" onValueChange={choose} choices={choices} />
      </DropdownMenu>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'sort' }));
    expect(screen.getByRole('menuitemradio', { name: 'Newest' })).toBeChecked();
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'Most liked' }));
    expect(choose).toHaveBeenCalledWith('top');
  });
});

describe('Button', () => {
  it('cannot be pressed while its work is under way', async () => {
    const press = vi.fn();
    render(
      <Button pending onClick={press}>
        Save
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    expect(button).toBeDisabled();
    expect(button).toHaveAttribute('aria-busy', 'true');
    await userEvent.click(button);
    expect(press).not.toHaveBeenCalled();
  });
});
