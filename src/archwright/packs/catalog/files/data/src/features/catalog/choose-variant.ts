import type { ProductOption, Variant } from './details-api';

/** What was chosen so far: the option's id -> the value's id. */
export type Choice = Readonly<Record<string, string>>;

type Combined = Pick<Variant, 'combination' | 'active'>;

const onSale = ({ active }: Combined) => active;

/** The variant that a choice stands for; undefined while it is incomplete or there is no such one. */
export function variantOf<V extends Combined>(
  variants: readonly V[],
  options: readonly ProductOption[],
  choice: Choice,
): V | undefined {
  const chosen = options.map(({ id }) => choice[id]);
  return variants.find(
    ({ active, combination }) =>
      active &&
      combination.length === chosen.length &&
      chosen.every((value) => value !== undefined && combination.includes(value)),
  );
}

/** Whether a value can still be had together with what was chosen of the other options. */
export function isPossible(
  variants: readonly Combined[],
  choice: Choice,
  optionId: string,
  valueId: string,
): boolean {
  const wanted = Object.values({ ...choice, [optionId]: valueId });
  return variants
    .filter(onSale)
    .some(({ combination }) => wanted.every((value) => combination.includes(value)));
}

/** The choice with one more value. What can no longer be had with it is given up again. */
export function choose(
  variants: readonly Combined[],
  choice: Choice,
  optionId: string,
  valueId: string,
): Choice {
  let next: Choice = { [optionId]: valueId };
  for (const [option, value] of Object.entries(choice)) {
    if (option !== optionId && isPossible(variants, next, option, value)) {
      next = { ...next, [option]: value };
    }
  }
  return next;
}

/** What is chosen before anybody chooses: the first variant that is on sale. */
export function firstChoice(
  variants: readonly Combined[],
  options: readonly ProductOption[],
): Choice {
  const combination = variants.find(onSale)?.combination ?? [];
  const chosen = options.flatMap(({ id, option_values: values }) =>
    values.filter((value) => combination.includes(value.id)).map((value) => [id, value.id]),
  );
  return Object.fromEntries(chosen) as Choice;
}
