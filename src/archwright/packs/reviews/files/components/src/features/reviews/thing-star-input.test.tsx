import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { ThingStarInput } from './thing-star-input';

const { t } = i18n;
const star = (count: number) => screen.getByRole('radio', { name: t('reviews.stars', { count }) });

function Form() {
  const [stars, setStars] = useState(0);
  return <ThingStarInput id="stars" name="stars" value={stars} onChange={setStars} />;
}

describe('ThingStarInput', () => {
  it('is a group of radio buttons that arrow keys move through', async () => {
    render(<Form />);
    expect(screen.getByRole('radiogroup', { name: t('reviews.starsLabel') })).toBeInTheDocument();
    for (const count of [1, 2, 3, 4, 5]) expect(star(count)).not.toBeChecked();
    await userEvent.tab();
    await userEvent.keyboard(' {ArrowRight}{ArrowRight}{ArrowRight}');
    expect(star(4)).toBeChecked();
    await userEvent.keyboard('{ArrowLeft}');
    expect(star(3)).toBeChecked();
  });

  it('takes a tap', async () => {
    render(<Form />);
    await userEvent.click(star(5));
    expect(star(5)).toBeChecked();
  });
});
