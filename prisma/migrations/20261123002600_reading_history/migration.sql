-- How far a conversation's history is known, and when the webhook's door was last open.
ALTER TABLE "thread" ADD COLUMN "historyReadAt" TIMESTAMPTZ(3);

CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);
