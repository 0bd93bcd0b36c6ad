import { fieldProblemSchema, problemSchema } from '../../../contract/index.js';
import { described } from '../described.js';

export const problems = [
  described('FieldProblem', fieldProblemSchema(), {
    description: 'What is wrong with one field of the request.',
    fields: {
      path: 'The field’s path in dots: `items.0.quantity`; a header’s or parameter’s name.',
      code: 'What is wrong, for programs.',
      message: 'What is wrong, for developers.',
      limit: 'The bound that was passed: pieces, characters, or minor units.',
    },
  }),
  described('Problem', problemSchema(), {
    description: 'A problem by RFC 9457. Programs go by `code`; more codes may come.',
    fields: {
      type: 'A name for the kind of problem; nothing is to be found there.',
      title: 'The code in words.',
      status: 'The status of the answer.',
      code: 'The kind of problem.',
      detail: 'What happened, for developers.',
      errors: 'By field; always there where a request does not fit its schema or a link.',
      totals: 'Of `price_changed`: what the order costs now.',
      requestId: 'The same as `X-Request-Id`: tell it when you ask for help.',
    },
  }),
];
