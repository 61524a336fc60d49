-- AlterTable
ALTER TABLE "message" ADD COLUMN "ourReaction" TEXT;

-- AlterTable
ALTER TABLE "reply" ALTER COLUMN "authorId" DROP NOT NULL;
