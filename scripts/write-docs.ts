/** Writes the pages of docs/ that are made of the code. `npm run docs` */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorsPage, eventsPage } from "./meta-docs.ts";

const docs = join(import.meta.dirname, "../docs");
writeFileSync(join(docs, "meta-events.md"), eventsPage());
writeFileSync(join(docs, "meta-errors.md"), errorsPage());
console.log("docs/meta-events.md and docs/meta-errors.md are written.");
