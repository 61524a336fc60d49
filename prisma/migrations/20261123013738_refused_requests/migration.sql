-- CreateTable
CREATE TABLE "refused_request" (
    "day" DATE NOT NULL,
    "why" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "refused_request_pkey" PRIMARY KEY ("day","why")
);

ALTER TABLE "refused_request" ADD CONSTRAINT "refused_request_why_word" CHECK ("why" IN ('bad_signature', 'too_large', 'encoded', 'broken_off', 'not_set_up', 'not_kept'));
