-- CreateTable
CREATE TABLE "replay" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fromAt" TIMESTAMPTZ(3),
    "untilAt" TIMESTAMPTZ(3) NOT NULL,
    "turn" TEXT,
    "total" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "spoiled" INTEGER NOT NULL DEFAULT 0,
    "placeAt" TIMESTAMPTZ(3),
    "placeId" UUID,
    "endedAt" TIMESTAMPTZ(3),
    "isStopped" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "replay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_page" (
    "pageId" TEXT NOT NULL,
    "deliveryId" UUID NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "eventCount" INTEGER NOT NULL,
    "duplicateCount" INTEGER NOT NULL,

    CONSTRAINT "delivery_page_pkey" PRIMARY KEY ("pageId","deliveryId")
);

-- CreateIndex
CREATE UNIQUE INDEX "replay_turn_key" ON "replay"("turn");

-- CreateIndex
CREATE INDEX "replay_askedAt_idx" ON "replay"("askedAt");

-- CreateIndex
CREATE INDEX "delivery_page_receivedAt_pageId_eventCount_duplicateCount_idx" ON "delivery_page"("receivedAt", "pageId", "eventCount", "duplicateCount");

ALTER TABLE "replay" ADD CONSTRAINT "replay_kind_word" CHECK ("kind" IN ('event', 'delivery', 'range'));
ALTER TABLE "replay" ADD CONSTRAINT "replay_turn_word" CHECK ("turn" IN ('running'));

-- What was read again under another key counts no longer: the event it turned out to be does.
ALTER TABLE "event" DROP CONSTRAINT "event_state_word";
ALTER TABLE "event" ADD CONSTRAINT "event_state_word" CHECK ("state" IN ('waiting', 'applied', 'ignored', 'parked', 'replaced')) NOT VALID;
ALTER TABLE "event" VALIDATE CONSTRAINT "event_state_word";
UPDATE "event" SET "state" = 'replaced' WHERE "state" = 'applied' AND "stateReason" = 'read_again';

-- Lines for what was opened before there were any. Of repeats nobody remembers which page they were of, unless the
-- delivery held one page only.
INSERT INTO "delivery_page" ("pageId", "deliveryId", "receivedAt", "eventCount", "duplicateCount")
SELECT e."pageId", d.id, d."receivedAt", count(*), 0
FROM "event" e JOIN "raw_delivery" d ON d.id = e."deliveryId" AND d.state = 'opened'
WHERE e.state <> 'replaced'
GROUP BY e."pageId", d.id, d."receivedAt";
UPDATE "delivery_page" p SET "eventCount" = d."eventCount", "duplicateCount" = d."eventCount" - p."eventCount"
FROM "raw_delivery" d
WHERE d.id = p."deliveryId" AND d."eventCount" > p."eventCount"
  AND NOT EXISTS (SELECT FROM "delivery_page" o WHERE o."deliveryId" = p."deliveryId" AND o."pageId" <> p."pageId");
