-- CreateTable
CREATE TABLE "Check" (
    "id" TEXT NOT NULL,
    "claimId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "articleId" TEXT NOT NULL,
    "occurrenceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "certainty" TEXT,
    "rationale" TEXT NOT NULL DEFAULT '',
    "citationIds" JSONB NOT NULL DEFAULT '[]',
    "rev" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,

    CONSTRAINT "Check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Check_claimId_idx" ON "Check"("claimId");

-- CreateIndex
CREATE INDEX "Check_articleId_occurrenceId_idx" ON "Check"("articleId", "occurrenceId");

-- AddForeignKey
ALTER TABLE "Check" ADD CONSTRAINT "Check_claimId_fkey" FOREIGN KEY ("claimId") REFERENCES "Claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;
