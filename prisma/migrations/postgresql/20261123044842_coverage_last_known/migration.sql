-- AlterTable
ALTER TABLE "Coverage" ADD COLUMN     "lastCached" INTEGER NOT NULL DEFAULT 0;
