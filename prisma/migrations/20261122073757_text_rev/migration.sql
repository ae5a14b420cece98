-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "textRev" INTEGER NOT NULL DEFAULT 0;

-- Until now the text was written with each commit.
UPDATE "Article" SET "textRev" = rev;
