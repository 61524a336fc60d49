-- AlterTable
ALTER TABLE "page_health" ADD COLUMN     "formsReadAt" TIMESTAMPTZ(3);
