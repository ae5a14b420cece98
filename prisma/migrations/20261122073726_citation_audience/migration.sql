-- AlterTable
ALTER TABLE "Citation" ADD COLUMN     "audience" JSONB NOT NULL DEFAULT '"all"';
