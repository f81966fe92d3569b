import { useId } from 'react';
import { isPossible, type Choice } from './choose-variant';
import type { ProductOption, Variant } from './details-api';

interface OptionPickerProps {
  options: readonly ProductOption[];
  variants: readonly Variant[];
  choice: Choice;
  onChoose: (optionId: string, valueId: string) => void;
}

/** What a shopper chooses: what cannot be had together with the other choices is disabled. */
export function OptionPicker({ options, variants, choice, onChoose }: OptionPickerProps) {
  const name = useId();
  return (
    <>
      {options.map(({ id: option, name: title, option_values: values }) => (
        <fieldset key={option} className="flex flex-col gap-2">
          <legend className="mb-2 font-semibold">{title}</legend>
          <div className="flex flex-wrap gap-2">
            {values.map(({ id, label }) => (
              <label
                key={id}
                className="relative flex min-h-11 cursor-pointer items-center rounded-lg border bg-card px-4 text-sm font-medium text-card-foreground has-checked:border-primary has-checked:ring-1 has-checked:ring-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-disabled:cursor-not-allowed has-disabled:border-dashed has-disabled:text-muted-foreground has-disabled:line-through"
              >
                <input
                  type="radio"
                  name={`${name}-${option}`}
                  value={id}
                  checked={choice[option] === id}
                  disabled={!isPossible(variants, choice, option, id)}
                  onChange={() => onChoose(option, id)}
                  className="absolute inset-0 cursor-pointer opacity-0"
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}
