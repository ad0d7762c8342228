-- AlterTable
ALTER TABLE "BranchState" ADD COLUMN     "unready" TEXT COLLATE "C" NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Derivation" ADD COLUMN     "presence" INTEGER NOT NULL DEFAULT 4;
