-- AlterTable
ALTER TABLE "instant_lead" ADD COLUMN     "fullName" TEXT;

-- AlterTable
ALTER TABLE "lead" ALTER COLUMN "psid" DROP NOT NULL;

-- Only a form knows nobody of the page's.
ALTER TABLE "lead" ADD CONSTRAINT "lead_psid_of_messenger" CHECK ("psid" IS NOT NULL OR "source" = 'instant_form');
