import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_SCHEMA } from './question.decorator.js';

/** The description of the API, from its code. `openapi.json` holds it; a test compares. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Milepost insights')
    .setDescription('Which early behaviours go with renewal and expansion, for whom, and how surely.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'key')
    .addSecurityRequirements('key')
    .build();
  const document = SwaggerModule.createDocument(app, about);
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  const components = { ...document.components, schemas: { Problem: PROBLEM_SCHEMA as never } };
  return { ...document, components, paths: Object.fromEntries(paths) };
}
