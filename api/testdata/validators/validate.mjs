// Validates an OpenAPI document by the schema of its version and by the rules of a linter, and
// prints a line for each complaint.
import { createConfig, lint } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";

const file = process.argv[2];

const { valid, errors } = await new Validator().validate(file);
if (!valid) {
  for (const e of [errors].flat()) console.log(`schema: ${e.instancePath ?? ""} ${e.message ?? e}`);
}

// Whoever asks for a page or for the state of the server cannot ask wrongly.
const rules = { "operation-4xx-response": "off" };
// Whoever signs in at a provider is only ever sent on, there and back.
const sentOn = (p) => p.ruleId === "operation-2xx-response" && p.location?.[0]?.pointer?.startsWith("#/paths/~1signin~1openid");
for (const p of await lint({ ref: file, config: await createConfig({ extends: ["recommended"], rules }) })) {
  if (sentOn(p)) continue;
  console.log(`${p.ruleId}: ${p.message} at ${p.location?.[0]?.pointer}`);
}
