import type { Meta } from "./meta.ts";
import { changePage, pageBody, viewPage } from "./page-rules.ts";
import { read } from "./read-body.ts";
import { newTemplateBody, templateBody } from "./template-body.ts";
import { changeTemplate, createTemplate, templateOf } from "./templates.ts";

/** Ads Manager and the page's settings, asked for by path: undefined when the path is another's. */
export function answerSettings(meta: Meta, method: string, path: string, body: unknown): unknown {
  const [place = "", id, more] = path.split("/");
  if (more !== undefined) return undefined;
  if (place === "templates" && id === undefined) {
    if (method === "GET") return { ads: meta.world.ads.map(templateOf) };
    if (method === "POST") return createTemplate(meta, read(newTemplateBody, body));
  }
  if (place === "templates" && id !== undefined && (method === "PUT" || method === "PATCH")) {
    return changeTemplate(meta, id, read(templateBody, body));
  }
  if (place === "pages" && id === undefined && method === "GET") return { pages: meta.world.pages.map(viewPage) };
  if (place === "pages" && id !== undefined && method === "PATCH") return changePage(meta, id, read(pageBody, body));
  if (place === "instant-forms" && id === undefined && method === "GET") {
    return { forms: meta.world.instantForms, leads: meta.world.instantLeads.slice(-100).toReversed() };
  }
  return undefined;
}
