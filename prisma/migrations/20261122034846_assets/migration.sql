-- CreateTable
CREATE TABLE "Asset" (
    "hash" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "idleSince" TIMESTAMPTZ(3),

    CONSTRAINT "Asset_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "AssetUse" (
    "articleId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AssetUse_pkey" PRIMARY KEY ("articleId","hash")
);

-- CreateIndex
CREATE INDEX "AssetUse_hash_idx" ON "AssetUse"("hash");

-- AddForeignKey
ALTER TABLE "AssetUse" ADD CONSTRAINT "AssetUse_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssetUse" ADD CONSTRAINT "AssetUse_hash_fkey" FOREIGN KEY ("hash") REFERENCES "Asset"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Pictures are packed already; trying to pack them again would only take time.
ALTER TABLE "Asset" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
