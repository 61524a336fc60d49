-- CreateTable
CREATE TABLE "raw_delivery" (
    "id" UUID NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" BYTEA NOT NULL,
    "sha256" BYTEA NOT NULL,
    "headers" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "stateReason" TEXT,
    "openedAt" TIMESTAMPTZ(3),
    "eventCount" INTEGER NOT NULL DEFAULT 0,
    "duplicateCount" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "leaseNumber" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "raw_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "page" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "platform" TEXT NOT NULL DEFAULT 'messenger',
    "sealedToken" BYTEA,
    "hasHumanAgent" BOOLEAN NOT NULL DEFAULT false,
    "defaultCountry" TEXT NOT NULL DEFAULT 'DE',
    "connectedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT true,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'agent',
    "disabledAt" TIMESTAMPTZ(3),
    "allPages" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "page_access" (
    "pageId" TEXT NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "page_access_pkey" PRIMARY KEY ("pageId","userId")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "psid" TEXT,
    "state" TEXT NOT NULL,
    "stateReason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveryId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "ad" (
    "pageId" TEXT NOT NULL,
    "adId" TEXT NOT NULL,
    "title" TEXT,
    "postId" TEXT,
    "photoUrl" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ad_pkey" PRIMARY KEY ("pageId","adId")
);

-- CreateTable
CREATE TABLE "person" (
    "pageId" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "fullName" TEXT,
    "profileRetryAt" TIMESTAMPTZ(3),
    "profileTries" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("pageId","psid")
);

-- CreateTable
CREATE TABLE "thread" (
    "pageId" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "control" TEXT NOT NULL DEFAULT 'unknown',
    "controlAppId" TEXT,
    "controlSince" TIMESTAMPTZ(3),
    "controlExpiresAt" TIMESTAMPTZ(3),
    "controlSource" TEXT,
    "lastActionAt" TIMESTAMPTZ(3),
    "lastOpener" TEXT,
    "firstAdMessageAt" TIMESTAMPTZ(3),
    "probableActionAt" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "lastInboundAt" TIMESTAMPTZ(3),
    "lastOutboundAt" TIMESTAMPTZ(3),
    "lastHumanReplyAt" TIMESTAMPTZ(3),
    "deliveredWatermark" TIMESTAMPTZ(3),
    "readWatermark" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("pageId","psid")
);

-- CreateTable
CREATE TABLE "message" (
    "pageId" TEXT NOT NULL,
    "mid" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'message',
    "text" TEXT,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "replyToMid" TEXT,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "appId" TEXT,
    "replyId" UUID,
    "deletedAt" TIMESTAMPTZ(3),
    "isUnsupported" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "message_pkey" PRIMARY KEY ("pageId","mid")
);

-- CreateTable
CREATE TABLE "referral" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "source" TEXT,
    "ref" TEXT,
    "adId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "reaction" (
    "pageId" TEXT NOT NULL,
    "mid" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "emoji" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("pageId","mid","psid")
);

-- CreateTable
CREATE TABLE "message_edit" (
    "pageId" TEXT NOT NULL,
    "mid" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "psid" TEXT NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_edit_pkey" PRIMARY KEY ("pageId","mid","number")
);

-- CreateTable
CREATE TABLE "control_fact" (
    "pageId" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "appId" TEXT,
    "fromAppId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "isLeadHandover" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "control_fact_pkey" PRIMARY KEY ("pageId","psid","key")
);

-- CreateTable
CREATE TABLE "reply" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "psid" TEXT NOT NULL,
    "authorId" UUID NOT NULL,
    "intentId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "stateReason" TEXT,
    "metadata" TEXT NOT NULL,
    "messagingType" TEXT,
    "tag" TEXT,
    "seenMid" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sendAfter" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "leaseNumber" INTEGER NOT NULL DEFAULT 0,
    "sendingAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "mid" TEXT,
    "errorCode" INTEGER,
    "errorSubcode" INTEGER,
    "fbtraceId" TEXT,

    CONSTRAINT "reply_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "control_action" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "psid" TEXT NOT NULL,
    "authorId" UUID NOT NULL,
    "intentId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "stateReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "leaseNumber" INTEGER NOT NULL DEFAULT 0,
    "settledAt" TIMESTAMPTZ(3),
    "errorCode" INTEGER,
    "errorSubcode" INTEGER,
    "fbtraceId" TEXT,

    CONSTRAINT "control_action_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "signal" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "adId" TEXT,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "text" TEXT,
    "leadId" UUID,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "label_fact" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isRemoval" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "label_fact_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "weak_signal" (
    "pageId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "psid" TEXT NOT NULL,
    "leadId" UUID NOT NULL,

    CONSTRAINT "weak_signal_pkey" PRIMARY KEY ("pageId","key")
);

-- CreateTable
CREATE TABLE "lead" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "psid" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "adId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "stage" TEXT NOT NULL DEFAULT 'new',
    "stageReason" TEXT,
    "stageChangedAt" TIMESTAMPTZ(3),
    "assigneeId" UUID,
    "assignedAt" TIMESTAMPTZ(3),
    "isTest" BOOLEAN NOT NULL DEFAULT false,
    "doneAt" TIMESTAMPTZ(3),
    "firstResponseAt" TIMESTAMPTZ(3),
    "lastActivityAt" TIMESTAMPTZ(3) NOT NULL,
    "lastInboundAt" TIMESTAMPTZ(3),
    "waitingSince" TIMESTAMPTZ(3),
    "freeUntil" TIMESTAMPTZ(3),
    "probableUntil" TIMESTAMPTZ(3),
    "humanUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "lead_alias" (
    "pageId" TEXT NOT NULL,
    "aliasId" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_alias_pkey" PRIMARY KEY ("pageId","aliasId")
);

-- CreateTable
CREATE TABLE "lead_search" (
    "pageId" TEXT NOT NULL,
    "leadId" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "lead_search_pkey" PRIMARY KEY ("pageId","leadId")
);

-- CreateTable
CREATE TABLE "answer" (
    "pageId" TEXT NOT NULL,
    "leadId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("pageId","leadId","position")
);

-- CreateTable
CREATE TABLE "assignment" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "assigneeId" UUID,
    "byId" UUID,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "note" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "activity" (
    "pageId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "leadId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "activity_pkey" PRIMARY KEY ("pageId","id")
);

-- CreateTable
CREATE TABLE "draft" (
    "pageId" TEXT NOT NULL,
    "leadId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("pageId","leadId","userId")
);

-- CreateIndex
CREATE INDEX "raw_delivery_state_receivedAt_id_idx" ON "raw_delivery"("state", "receivedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "page_access_userId_idx" ON "page_access"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "account_providerId_accountId_key" ON "account"("providerId", "accountId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE INDEX "event_pageId_state_receivedAt_idx" ON "event"("pageId", "state", "receivedAt");

-- CreateIndex
CREATE INDEX "person_pageId_profileRetryAt_idx" ON "person"("pageId", "profileRetryAt");

-- CreateIndex
CREATE INDEX "message_pageId_psid_sentAt_mid_idx" ON "message"("pageId", "psid", "sentAt", "mid");

-- CreateIndex
CREATE INDEX "referral_pageId_psid_idx" ON "referral"("pageId", "psid");

-- CreateIndex
CREATE INDEX "reaction_pageId_psid_idx" ON "reaction"("pageId", "psid");

-- CreateIndex
CREATE INDEX "message_edit_pageId_psid_idx" ON "message_edit"("pageId", "psid");

-- CreateIndex
CREATE INDEX "reply_pageId_psid_createdAt_idx" ON "reply"("pageId", "psid", "createdAt");

-- CreateIndex
CREATE INDEX "reply_state_sendAfter_idx" ON "reply"("state", "sendAfter");

-- CreateIndex
CREATE UNIQUE INDEX "reply_pageId_intentId_key" ON "reply"("pageId", "intentId");

-- CreateIndex
CREATE UNIQUE INDEX "reply_pageId_metadata_key" ON "reply"("pageId", "metadata");

-- CreateIndex
CREATE INDEX "control_action_pageId_psid_createdAt_idx" ON "control_action"("pageId", "psid", "createdAt");

-- CreateIndex
CREATE INDEX "control_action_state_createdAt_idx" ON "control_action"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "control_action_pageId_intentId_key" ON "control_action"("pageId", "intentId");

-- CreateIndex
CREATE INDEX "signal_pageId_psid_idx" ON "signal"("pageId", "psid");

-- CreateIndex
CREATE INDEX "signal_pageId_leadId_idx" ON "signal"("pageId", "leadId");

-- CreateIndex
CREATE INDEX "label_fact_pageId_psid_idx" ON "label_fact"("pageId", "psid");

-- CreateIndex
CREATE INDEX "weak_signal_pageId_psid_idx" ON "weak_signal"("pageId", "psid");

-- CreateIndex
CREATE INDEX "lead_pageId_lastActivityAt_id_idx" ON "lead"("pageId", "lastActivityAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "lead_pageId_at_id_idx" ON "lead"("pageId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "lead_pageId_waitingSince_id_idx" ON "lead"("pageId", "waitingSince", "id");

-- CreateIndex
CREATE INDEX "lead_pageId_freeUntil_id_idx" ON "lead"("pageId", "freeUntil", "id");

-- CreateIndex
CREATE INDEX "lead_pageId_assigneeId_lastActivityAt_id_idx" ON "lead"("pageId", "assigneeId", "lastActivityAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "lead_pageId_psid_idx" ON "lead"("pageId", "psid");

-- CreateIndex
CREATE INDEX "lead_pageId_changedAt_idx" ON "lead"("pageId", "changedAt");

-- CreateIndex
CREATE INDEX "lead_alias_pageId_leadId_idx" ON "lead_alias"("pageId", "leadId");

-- CreateIndex
CREATE INDEX "lead_search_text_trgm" ON "lead_search" USING GIN ("text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "assignment_pageId_leadId_at_idx" ON "assignment"("pageId", "leadId", "at");

-- CreateIndex
CREATE INDEX "note_pageId_leadId_createdAt_idx" ON "note"("pageId", "leadId", "createdAt");

-- CreateIndex
CREATE INDEX "activity_pageId_leadId_at_idx" ON "activity"("pageId", "leadId", "at");

-- AddForeignKey
ALTER TABLE "page_access" ADD CONSTRAINT "page_access_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "person"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "message_edit" ADD CONSTRAINT "message_edit_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "control_fact" ADD CONSTRAINT "control_fact_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "control_action" ADD CONSTRAINT "control_action_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "label_fact" ADD CONSTRAINT "label_fact_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "weak_signal" ADD CONSTRAINT "weak_signal_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_pageId_psid_fkey" FOREIGN KEY ("pageId", "psid") REFERENCES "thread"("pageId", "psid") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lead_alias" ADD CONSTRAINT "lead_alias_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lead_search" ADD CONSTRAINT "lead_search_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_pageId_leadId_fkey" FOREIGN KEY ("pageId", "leadId") REFERENCES "lead"("pageId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
