-- CreateTable
CREATE TABLE "Parcel" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "preset" TEXT NOT NULL,
    "view" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "touched" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER NOT NULL,
    "outcomes" JSONB NOT NULL DEFAULT '[]',
    "digest" TEXT NOT NULL DEFAULT '',
    "bytes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Parcel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ParcelPart" (
    "parcelId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "ParcelPart_pkey" PRIMARY KEY ("parcelId","n")
);

-- CreateIndex
CREATE INDEX "Parcel_userId_idx" ON "Parcel"("userId");

-- CreateIndex
CREATE INDEX "Parcel_at_idx" ON "Parcel"("at");

-- AddForeignKey
ALTER TABLE "ParcelPart" ADD CONSTRAINT "ParcelPart_parcelId_fkey" FOREIGN KEY ("parcelId") REFERENCES "Parcel"("id") ON DELETE CASCADE ON UPDATE CASCADE;
