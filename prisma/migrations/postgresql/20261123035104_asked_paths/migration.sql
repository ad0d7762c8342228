-- CreateTable
CREATE TABLE "AskedPath" (
    "path" TEXT COLLATE "C" NOT NULL,
    "cache" TEXT COLLATE "C" NOT NULL,
    "presence" INTEGER NOT NULL,
    "reason" TEXT COLLATE "C",
    "signedBy" TEXT COLLATE "C",
    "narSize" BIGINT,
    "fileSize" BIGINT,
    "firstSeenMs" BIGINT,
    "lastSeenMs" BIGINT,
    "missingSinceMs" BIGINT,
    "checkedMs" BIGINT NOT NULL,
    "lastPresence" INTEGER,
    "lastCheckedMs" BIGINT,

    CONSTRAINT "AskedPath_pkey" PRIMARY KEY ("path","cache")
);

-- CreateIndex
CREATE INDEX "AskedPath_checkedMs_idx" ON "AskedPath"("checkedMs");

-- CreateIndex
CREATE INDEX "Derivation_name_version_idx" ON "Derivation"("name", "version");
