import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '@/test/render';
import { RichText } from './rich-text';
import { splitText } from './split-text';

const links = (text: string) =>
  splitText(text)
    .filter(({ to }) => to !== null)
    .map((piece) => [piece.text, piece.to]);

describe('splitText', () => {
  it('keeps every character', () => {
    const text = 'Bread with @Ann.Lee!\nSee @bob_1, mail a@b.example #bread';
    expect(splitText(text).map((piece) => piece.text).join('')).toBe(text);
  });

  it('links names, however they are written', () => {
    expect(links('with @Ann.Lee, (@bob_1).')).toEqual([
      ['@Ann.Lee', '/u/ann.lee'],
      ['@bob_1', '/u/bob_1'],
    ]);
  });

  it.each(['a@bob.example', '@ab', '@', `@${'a'.repeat(25)}`, '//@bob'])('leaves %j alone', (text) => {
    expect(links(text)).toEqual([]);
  });
/*% if has('hashtags.pages') %*/

  it('links tags in any script', () => {
    expect(links('#Bread and #brötchen, #パン')).toEqual([
      ['#Bread', '/tags/bread'],
      ['#brötchen', `/tags/${encodeURIComponent('brötchen')}`],
      ['#パン', `/tags/${encodeURIComponent('パン')}`],
    ]);
  });

  it.each(['a#bread', '#1', '##', '/#top', '&#39;'])('finds no tag in %j', (text) => {
    expect(links(text)).toEqual([]);
  });
/*% endif %*/
});

describe('RichText', () => {
  it('renders links and never markup', () => {
    renderPage(<RichText text={'<b>hi</b> @ann'} />);
    expect(screen.getByText('<b>hi</b>', { exact: false })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '@ann' })).toHaveAttribute('href', '/u/ann');
  });
});
