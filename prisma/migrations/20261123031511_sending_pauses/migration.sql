-- AlterTable
ALTER TABLE "control_action" ADD COLUMN     "epoch" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "reply" ADD COLUMN     "epoch" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "sending" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "pausedAt" TIMESTAMPTZ(3),
    "pausedWhy" TEXT,
    "pausedById" UUID,
    "resumedAt" TIMESTAMPTZ(3),
    "resumedById" UUID,
    "restoredAt" TIMESTAMPTZ(3),
    "restoredBy" JSONB NOT NULL DEFAULT '[]',
    "place" JSONB,
    "server" TEXT,
    "writtenBy" TEXT,

    CONSTRAINT "sending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sending_mark" (
    "id" UUID NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sending_mark_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "sending" ADD CONSTRAINT "sending_one_row" CHECK ("id" = 1);
ALTER TABLE "sending" ADD CONSTRAINT "sending_pausedWhy_word" CHECK ("pausedWhy" IN ('restored', 'by_person'));
ALTER TABLE "sending" ADD CONSTRAINT "sending_pause_has_reason" CHECK (("pausedAt" IS NULL) = ("pausedWhy" IS NULL));

INSERT INTO "sending" ("id") VALUES (1);
