-- CreateTable
CREATE TABLE "Sending" (
    "id" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "userId" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "view" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "rev" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,

    CONSTRAINT "Sending_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Sending_articleId_at_idx" ON "Sending"("articleId", "at");

-- AddForeignKey
ALTER TABLE "Sending" ADD CONSTRAINT "Sending_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
