import { zodResolver } from '@hookform/resolvers/zod';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useForm } from 'react-hook-form';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Input } from '@/components/ui/input';
import { translateFormMessages } from '@/lib/form-messages';
import { i18n } from '@/lib/i18n';
import { FormError } from './form-error';
import { FormField } from './form-field';

const { t } = i18n;
const schema = z.object({
  email: z.email(),
  name: z.string().min(3).max(5),
  handle: z.string().regex(/^[a-z]+$/, 'app.notFoundText'),
});

function SignUp({ onSubmit }: { onSubmit: (values: z.infer<typeof schema>) => void }) {
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { email: '', name: '', handle: '' },
  });
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}>
      <FormField control={form.control} name="email" label="Email">
        {(field) => <Input type="email" {...field} />}
      </FormField>
      <FormField control={form.control} name="name" label="Name" hint="As friends call you">
        {(field) => <Input {...field} />}
      </FormField>
      <FormField control={form.control} name="handle" label="Handle">
        {(field) => <Input {...field} />}
      </FormField>
      <button type="submit">Send</button>
    </form>
  );
}

describe('FormField', () => {
  beforeAll(translateFormMessages);

  it('ties label, hint and error to the control', async () => {
    render(<SignUp onSubmit={vi.fn()} />);
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('As friends call you');
    await userEvent.type(screen.getByLabelText('Name'), 'Al');
    await userEvent.click(screen.getByRole('button'));
    const name = await screen.findByLabelText('Name');
    await vi.waitFor(() => expect(name).toBeInvalid());
    expect(name).toHaveAccessibleDescription(
      `As friends call you ${t('app.fieldTooShort', { count: 3 })}`,
    );
    expect(screen.getByLabelText('Email')).toHaveAccessibleDescription(t('app.fieldEmail'));
    expect(screen.getByLabelText('Email')).toHaveFocus();
  });

  it("translates a schema's own message by its key", async () => {
    render(<SignUp onSubmit={vi.fn()} />);
    await userEvent.type(screen.getByLabelText('Handle'), 'A B');
    await userEvent.click(screen.getByRole('button'));
    expect(await screen.findByText(t('app.notFoundText'))).toBeInTheDocument();
  });

  it('sends what is valid', async () => {
    const onSubmit = vi.fn();
    render(<SignUp onSubmit={onSubmit} />);
    await userEvent.type(screen.getByLabelText('Email'), 'ann@example.com');
    await userEvent.type(screen.getByLabelText('Name'), 'Ann');
    await userEvent.type(screen.getByLabelText('Handle'), 'ann');
    await userEvent.click(screen.getByRole('button'));
    await vi.waitFor(() => expect(onSubmit).toHaveBeenCalledTimes(1));
    expect(onSubmit.mock.calls[0]?.[0]).toEqual({
      email: 'ann@example.com',
      name: 'Ann',
      handle: 'ann',
    });
  });
});

describe('FormError', () => {
  it('is silent until something fails', () => {
    const { rerender } = render(<FormError error={null} />);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    rerender(<FormError error={{ code: 'invalid_credentials' }} />);
    expect(screen.getByRole('alert')).toHaveTextContent(t('app.errorCredentials'));
  });
});
