import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';

interface Reply {
  status(code: number): Reply;
  type(contentType: string): Reply;
  json(body: unknown): void;
}

/** Every error as an RFC 9457 problem document. What is not an HTTP error says nothing of its inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof HttpException ? error.getStatus() : 500;
    const title = error instanceof HttpException ? error.message : 'Internal error';
    host.switchToHttp().getResponse<Reply>().status(status).type('application/problem+json').json({ title, status });
  }
}
