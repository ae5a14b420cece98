-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN     "pinId" TEXT;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "pinId" TEXT;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_articleId_pinId_fkey" FOREIGN KEY ("articleId", "pinId") REFERENCES "HandOver"("articleId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_articleId_pinId_fkey" FOREIGN KEY ("articleId", "pinId") REFERENCES "HandOver"("articleId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
