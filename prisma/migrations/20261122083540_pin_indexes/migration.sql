-- DropIndex
DROP INDEX "Invitation_articleId_idx";

-- CreateIndex
CREATE INDEX "Invitation_articleId_pinId_idx" ON "Invitation"("articleId", "pinId");

-- CreateIndex
CREATE INDEX "Membership_articleId_pinId_idx" ON "Membership"("articleId", "pinId");
