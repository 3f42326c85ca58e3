import type { PlanPath } from '../load/problem.js';
import type { EventDefinition, PropertyDefinition } from '../model.js';
import type { WrittenEvent, WrittenProperty } from '../schema/event.schema.js';
import type { PlanScope } from './plan-scope.js';

const MOST_EVENTS = 500;
const MOST_PROPERTIES = 100;

export function compileEvents(scope: PlanScope): Record<string, EventDefinition> {
  const entries = Object.entries(scope.written.events);
  if (entries.length === 0) scope.report(['events'], 'The plan has no events.');
  if (entries.length > MOST_EVENTS) scope.report(['events'], `Found ${entries.length}; want at most ${MOST_EVENTS}.`);
  return Object.fromEntries(entries.map(([type, written]) => [type, compileEvent(type, written, scope)]));
}

function compileEvent(type: string, written: WrittenEvent, scope: PlanScope): EventDefinition {
  const path = ['events', type];
  const properties = Object.entries(written.properties);
  if (properties.length > MOST_PROPERTIES) {
    scope.report([...path, 'properties'], `Found ${properties.length}; want at most ${MOST_PROPERTIES}.`);
  }
  written.productLines?.forEach((line, i) => scope.productLine(line, [...path, 'productLines', i]));
  return {
    type,
    description: written.description,
    owner: written.owner,
    steward: written.steward,
    productLines: [...new Set(written.productLines ?? scope.written.productLines)],
    coreAction: written.coreAction,
    requiredContext: [...new Set(written.requiredContext)].sort(),
    properties: Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        compileProperty(name, property, [...path, 'properties', name], scope),
      ]),
    ),
  };
}

function compileProperty(name: string, written: WrittenProperty, path: PlanPath, scope: PlanScope): PropertyDefinition {
  const { type, required, description, minimum = null, maximum = null, allowed = null } = written;
  const isNumber = type === 'integer' || type === 'number';
  if (name === 'userId')
    scope.report(path, 'The name "userId" is taken: every event has a user beside its properties.');
  if (!isNumber && minimum !== null) scope.report([...path, 'minimum'], `A ${type} has no minimum.`);
  if (!isNumber && maximum !== null) scope.report([...path, 'maximum'], `A ${type} has no maximum.`);
  if (minimum !== null && maximum !== null && minimum > maximum) {
    scope.report([...path, 'minimum'], `No value is allowed: minimum is ${minimum}, maximum is ${maximum}.`);
  }
  if (type !== 'string' && allowed !== null) scope.report([...path, 'allowed'], `A ${type} has no list of values.`);
  allowed?.forEach((value, i) => {
    if (allowed.indexOf(value) < i) scope.report([...path, 'allowed', i], `"${value}" stands twice.`);
  });
  return { type, required, description, minimum, maximum, allowed };
}
