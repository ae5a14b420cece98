-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "text" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "HandOver" (
    "articleId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "userId" TEXT NOT NULL,
    "fromStage" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "toUserId" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "rev" INTEGER NOT NULL,

    CONSTRAINT "HandOver_pkey" PRIMARY KEY ("articleId","id")
);

-- CreateTable
CREATE TABLE "ReadMark" (
    "articleId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "rev" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReadMark_pkey" PRIMARY KEY ("articleId","userId")
);

-- CreateIndex
CREATE INDEX "HandOver_toUserId_idx" ON "HandOver"("toUserId");

-- CreateIndex
CREATE INDEX "ReadMark_userId_idx" ON "ReadMark"("userId");

-- AddForeignKey
ALTER TABLE "HandOver" ADD CONSTRAINT "HandOver_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadMark" ADD CONSTRAINT "ReadMark_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadMark" ADD CONSTRAINT "ReadMark_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
