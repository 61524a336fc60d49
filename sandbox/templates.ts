import { newNumber } from "./ids.ts";
import { adOf, type Meta, pageOf, Refusal } from "./meta.ts";
import { read } from "./read-body.ts";
import {
  type AdTemplate,
  type NewTemplateBody,
  type TemplateBody,
  type TemplateStep,
  template,
} from "./template-body.ts";

import type { Ad, Prefill, Question } from "./world-ads.ts";

/** Ads and their templates, seen and changed the way a person does it in Ads Manager. */
const prefills: Partial<Record<TemplateStep["reply"], Prefill>> = { email: "EMAIL", phone: "PHONE", city: "CITY" };
const replies = { EMAIL: "email", PHONE: "phone", CITY: "city" } as const;

export function templateOf(ad: Ad): AdTemplate {
  const { settings, campaign } = ad;
  return {
    adId: ad.id,
    pageId: ad.pageId,
    adTitle: ad.title,
    body: ad.body,
    language: ad.language,
    photo: ad.photoUrl,
    intro: ad.intro,
    steps: ad.questions.map(stepOf),
    confirmation: ad.confirmation,
    reminder: ad.reminder,
    disqualifyText: ad.disqualification,
    connectedAppId: settings.connectedAppId,
    sendSummary: settings.sendsSummary,
    allowInterrupt: settings.allowsInterrupt,
    stopKeywords: settings.stopKeywords,
    stopMessage: settings.stopMessage === "" ? null : settings.stopMessage,
    blockSendApi: settings.blocksSendApi,
    labels: settings.labels,
    controlDays: settings.controlDays,
    name: campaign.name,
    effectiveStatus: campaign.effectiveStatus,
    adsetId: campaign.adsetId,
    adsetName: campaign.adsetName,
    campaignId: campaign.campaignId,
    campaignName: campaign.campaignName,
    namesAllowed: campaign.areNamesAllowed,
  };
}

function stepOf(question: Question): TemplateStep {
  const choices = question.choices.map((text) => ({
    text,
    ...(question.disqualifies.includes(text) ? { disqualifies: true } : {}),
    ...(question.jumps[text] === undefined ? {} : { nextStepId: question.jumps[text] }),
  }));
  const free = choices.length > 0 ? "choices" : "text";
  return {
    id: question.id,
    type: question.isDisqualification ? "disqualify" : "question",
    question: question.text,
    reply: question.prefill === null ? free : replies[question.prefill],
    ...(choices.length > 0 ? { choices } : {}),
    ...(question.allowsSkip ? { allowSkip: true } : {}),
  };
}

/** Changes what is named and leaves the rest as it is. */
export function changeTemplate(meta: Meta, adId: string, wanted: TemplateBody): AdTemplate {
  const ad = adOf(meta.world, adId);
  if (wanted.pageId !== undefined && wanted.pageId !== ad.pageId) {
    throw new Refusal(409, "An ad stays with its page.");
  }
  apply(ad, read(template, { ...templateOf(ad), ...wanted }));
  meta.worldChanged();
  return templateOf(ad);
}

export function createTemplate(meta: Meta, wanted: NewTemplateBody): AdTemplate {
  const page = pageOf(meta.world, wanted.pageId);
  const number = String(900_000 + newNumber(meta.world)).slice(-6);
  const like = meta.world.ads.find(({ pageId }) => pageId === page.id);
  if (like === undefined) throw new Refusal(409, "This page has no ad to start from.");
  const ad: Ad = {
    ...structuredClone(like),
    id: `120231004567${number}`,
    postId: `${page.id}_889900${number}`,
  };
  apply(ad, read(template, { ...templateOf(ad), ...wanted }));
  meta.world.ads.push(ad);
  meta.worldChanged();
  return templateOf(ad);
}

function apply(ad: Ad, wanted: AdTemplate): void {
  const questions = questionsFrom(wanted.steps);
  ad.title = wanted.adTitle;
  ad.body = wanted.body;
  ad.language = wanted.language;
  ad.photoUrl = wanted.photo;
  ad.intro = wanted.intro;
  ad.questions = questions;
  ad.confirmation = wanted.confirmation;
  ad.reminder = wanted.reminder;
  ad.disqualification = wanted.disqualifyText;
  ad.settings = {
    connectedAppId: wanted.connectedAppId,
    sendsSummary: wanted.sendSummary,
    allowsInterrupt: wanted.allowInterrupt,
    stopKeywords: wanted.stopKeywords,
    stopMessage: wanted.stopMessage ?? "",
    blocksSendApi: wanted.blockSendApi,
    labels: wanted.labels,
    controlDays: wanted.controlDays,
  };
  ad.campaign = {
    name: wanted.name,
    effectiveStatus: wanted.effectiveStatus,
    adsetId: wanted.adsetId,
    adsetName: wanted.adsetName,
    campaignId: wanted.campaignId,
    campaignName: wanted.campaignName,
    areNamesAllowed: wanted.namesAllowed,
  };
}

function questionsFrom(steps: readonly TemplateStep[]): Question[] {
  const places = new Map(steps.map(({ id }, index) => [id, index]));
  if (places.size < steps.length) throw new Refusal(400, "Two steps have the same id.");
  const questions = steps.map((step, index) => {
    const choices = step.choices ?? [];
    if (step.reply === "choices" && choices.length === 0) throw new Refusal(400, `Step ${step.id} has no choices.`);
    for (const { nextStepId } of choices) {
      if (nextStepId === undefined) continue;
      const place = places.get(nextStepId);
      if (place === undefined) throw new Refusal(400, `Step ${step.id} leads to ${nextStepId}, which is not there.`);
      if (place <= index)
        throw new Refusal(400, `Step ${step.id} leads back to ${nextStepId}: only forward is allowed.`);
    }
    return questionFrom(step);
  });
  if (questions.every(({ isDisqualification }) => isDisqualification)) {
    throw new Refusal(400, "A template needs at least one question.");
  }
  return questions;
}

function questionFrom(step: TemplateStep): Question {
  const choices = step.reply === "choices" ? (step.choices ?? []) : [];
  return {
    id: step.id,
    isDisqualification: step.type === "disqualify",
    text: step.question,
    choices: choices.map(({ text }) => text),
    disqualifies: choices.filter(({ disqualifies }) => disqualifies === true).map(({ text }) => text),
    prefill: prefills[step.reply] ?? null,
    allowsSkip: step.allowSkip === true,
    jumps: Object.fromEntries(
      choices.flatMap(({ text, nextStepId }) => (nextStepId === undefined ? [] : [[text, nextStepId]])),
    ),
  };
}
