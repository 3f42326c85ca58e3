import { HttpException } from '@nestjs/common';
import { PROBLEMS, problemType } from '@milepost/contracts/http';
import type { ProblemDocument, ProblemName } from '@milepost/contracts/http';

/** A refusal of the API's closed list; `problem.filter` writes it out. `detail` says what was found and what to do. */
export class ProblemException extends HttpException {
  constructor(
    readonly problem: ProblemName,
    detail: string,
    more: Pick<ProblemDocument, 'errors'> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const { status, title } = PROBLEMS[problem];
    super({ type: problemType(problem), title, status, detail, ...more }, status);
    // Nest would make one of the class's name.
    this.message = detail;
  }
}
