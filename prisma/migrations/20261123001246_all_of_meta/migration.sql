-- DropIndex
DROP INDEX "reply_pageId_intentId_key";

-- AlterTable
ALTER TABLE "ad" ADD COLUMN     "adsetId" TEXT,
ADD COLUMN     "adsetName" TEXT,
ADD COLUMN     "autoReply" TEXT,
ADD COLUMN     "campaignId" TEXT,
ADD COLUMN     "campaignName" TEXT,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "namesRetryAt" TIMESTAMPTZ(3),
ADD COLUMN     "namesTries" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "control_action" ADD COLUMN     "seconds" INTEGER,
ADD COLUMN     "targetAppId" TEXT;

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "formId" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'messenger';

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "quickReply" TEXT;

-- AlterTable
ALTER TABLE "page" ADD COLUMN     "disclosure" TEXT,
ADD COLUMN     "graphId" TEXT,
ADD COLUMN     "usesPersonas" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "nameSource" TEXT,
ADD COLUMN     "stoppedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "raw_delivery" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'webhook';

-- AlterTable
ALTER TABLE "reply" ADD COLUMN     "mediaId" UUID,
ADD COLUMN     "part" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "personaId" TEXT,
ADD COLUMN     "replyToMid" TEXT;

-- AlterTable
ALTER TABLE "signal" ADD COLUMN     "isRecovered" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "thread" ADD COLUMN     "conversationId" TEXT,
ADD COLUMN     "refreshDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "refreshTries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "page_health" (
    "pageId" TEXT NOT NULL,
    "checkDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checkedAt" TIMESTAMPTZ(3),
    "tokenExpiresAt" TIMESTAMPTZ(3),
    "routing" TEXT,
    "takeRefusedAt" TIMESTAMPTZ(3),
    "pausedUntil" TIMESTAMPTZ(3),
    "usagePercent" INTEGER,
    "reconcileDueAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "reconcileSince" TIMESTAMPTZ(3),
    "reconcileCursor" TEXT,
    "reconciledAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "leaseNumber" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "page_health_pkey" PRIMARY KEY ("pageId")
);

-- CreateTable
CREATE TABLE "page_trouble" (
    "pageId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "page_trouble_pkey" PRIMARY KEY ("pageId","kind")
);

-- CreateTable
CREATE TABLE "page_history" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT,
    "actorId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "page_history_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "thread_notice" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "thread_notice_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "media" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "psid" TEXT,
    "sourceUrl" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "stateReason" TEXT,
    "contentType" TEXT,
    "fileName" TEXT,
    "bytes" INTEGER,
    "sha256" BYTEA,
    "fetchDueAt" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attachmentId" TEXT,
    "attachmentExpiresAt" TIMESTAMPTZ(3),
    "uploadedById" UUID,

    CONSTRAINT "media_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "persona" (
    "pageId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "personaId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persona_pkey" PRIMARY KEY ("pageId","userId")
);

-- CreateTable
CREATE TABLE "sender_action" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "psid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mid" TEXT,
    "emoji" TEXT,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),

    CONSTRAINT "sender_action_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "instant_lead" (
    "pageId" TEXT NOT NULL,
    "leadgenId" TEXT NOT NULL,
    "leadId" UUID NOT NULL,
    "formId" TEXT,
    "adId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "stateReason" TEXT,
    "fetchDueAt" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "consents" JSONB NOT NULL DEFAULT '[]',
    "platform" TEXT,
    "isOrganic" BOOLEAN,

    CONSTRAINT "instant_lead_pkey" PRIMARY KEY ("pageId","leadgenId")
);

-- CreateTable
CREATE TABLE "instant_form" (
    "pageId" TEXT NOT NULL,
    "formId" TEXT NOT NULL,
    "name" TEXT,
    "locale" TEXT,
    "questions" JSONB NOT NULL DEFAULT '[]',
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instant_form_pkey" PRIMARY KEY ("pageId","formId")
);

-- CreateIndex
CREATE INDEX "page_health_checkDueAt_idx" ON "page_health"("checkDueAt");

-- CreateIndex
CREATE INDEX "page_health_reconcileDueAt_idx" ON "page_health"("reconcileDueAt");

-- CreateIndex
CREATE INDEX "page_history_pageId_at_idx" ON "page_history"("pageId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "page_history_pageId_key_key" ON "page_history"("pageId", "key");

-- CreateIndex
CREATE INDEX "thread_notice_pageId_psid_at_idx" ON "thread_notice"("pageId", "psid", "at");

-- CreateIndex
CREATE INDEX "media_pageId_fetchDueAt_idx" ON "media"("pageId", "fetchDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "media_pageId_owner_key" ON "media"("pageId", "owner");

-- CreateIndex
CREATE INDEX "sender_action_createdAt_idx" ON "sender_action"("createdAt");

-- CreateIndex
CREATE INDEX "instant_lead_pageId_fetchDueAt_idx" ON "instant_lead"("pageId", "fetchDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "instant_lead_pageId_leadId_key" ON "instant_lead"("pageId", "leadId");

-- CreateIndex
CREATE INDEX "ad_pageId_namesRetryAt_idx" ON "ad"("pageId", "namesRetryAt");

-- CreateIndex
CREATE UNIQUE INDEX "reply_pageId_intentId_part_key" ON "reply"("pageId", "intentId", "part");

-- CreateIndex
CREATE INDEX "thread_pageId_refreshDueAt_idx" ON "thread"("pageId", "refreshDueAt");

-- AddForeignKey
ALTER TABLE "thread_notice" ADD CONSTRAINT "thread_notice_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "instant_lead" ADD CONSTRAINT "instant_lead_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
