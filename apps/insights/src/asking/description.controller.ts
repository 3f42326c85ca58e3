import { readFileSync } from 'node:fs';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { NeedsRole } from '@milepost/platform';

const DESCRIPTION = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as unknown;

/** `openapi.json`, for clients that make themselves from it; a test holds it to the code. */
@ApiExcludeController()
@Controller('v1/openapi.json')
export class DescriptionController {
  @Get()
  @NeedsRole('viewer')
  description(): unknown {
    return DESCRIPTION;
  }
}
