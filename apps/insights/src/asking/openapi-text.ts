import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { insightsModule } from '../insights.module.js';
import { openApiDocument } from './openapi-document.js';

class Described {}

/** What `openapi.json` holds. Nothing is asked, so nothing need be there. */
export async function openApiText(): Promise<string> {
  const nobody = { open: () => Promise.reject(new Error('There is no snapshot behind a description.')) as never };
  const parts = insightsModule({
    source: nobody,
    backtests: nobody as never,
    models: nobody as never,
    keys: null,
    ratePerMinute: 1,
    now: () => 0,
  });
  Module({ imports: [parts] })(Described);
  const app = await NestFactory.create(Described, { logger: false });
  try {
    return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
