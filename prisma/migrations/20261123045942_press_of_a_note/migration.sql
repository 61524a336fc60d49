-- AlterTable
ALTER TABLE "note" ADD COLUMN     "intentId" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "note_pageId_intentId_key" ON "note"("pageId", "intentId");
