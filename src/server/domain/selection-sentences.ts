/** What is wrong with a selection, in sentences for the developer who sent it; buyers are told by code. */
import type { FieldProblem, SelectionProblem, SelectionProblemCode } from '../../contract/index.js';

const sentences: Record<SelectionProblemCode, (limit: number) => string> = {
  required: () => 'this is needed',
  not_expected: () => 'the link does not ask for this',
  unknown_item: () => 'not an item of this link',
  unknown_variant: () => 'not a variant of this item',
  unknown_price: () => 'not a price of this item',
  duplicate: () => 'the same SKU stands on two lines',
  too_few: (limit) => `at least ${limit}`,
  too_many: (limit) => `at most ${limit}`,
  fixed_quantity: (limit) => `the quantity is ${limit}`,
  out_of_stock: (limit) => `${limit} left`,
  too_small: (limit) => `at least ${limit} minor units`,
  too_large: (limit) => `at most ${limit} minor units`,
  mixed_intervals: () => 'one billing interval and trial for the whole order',
  invalid_email: () => 'not an e-mail address',
  invalid_phone: () => 'not a phone number',
  invalid_postal_code: () => 'not a postal code of this country',
  unknown_country: () => 'not a country this link sells to',
  unknown_option: () => 'not one of the options',
  invalid_format: () => 'not of the form the link asks for',
  not_a_number: () => 'not a number',
  too_long: (limit) => `at most ${limit} characters`,
};

export const inSentences = (problems: readonly SelectionProblem[]): FieldProblem[] =>
  problems.map((problem) => ({ ...problem, message: sentences[problem.code](problem.limit ?? 0) }));
