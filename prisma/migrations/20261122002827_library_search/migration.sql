-- DropIndex
DROP INDEX "Article_updatedAt_idx";

-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "searchRev" INTEGER;

-- CreateTable
CREATE TABLE "SearchText" (
    "articleId" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "grams" INTEGER[],

    CONSTRAINT "SearchText_pkey" PRIMARY KEY ("articleId","audience")
);

-- CreateIndex
CREATE INDEX "SearchText_grams_idx" ON "SearchText" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "Article_deadline_updatedAt_id_idx" ON "Article"("deadline", "updatedAt" DESC, "id");

-- AddForeignKey
ALTER TABLE "SearchText" ADD CONSTRAINT "SearchText_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
