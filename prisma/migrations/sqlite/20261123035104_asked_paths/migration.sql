-- CreateTable
CREATE TABLE "AskedPath" (
    "path" TEXT NOT NULL,
    "cache" TEXT NOT NULL,
    "presence" INTEGER NOT NULL,
    "reason" TEXT,
    "signedBy" TEXT,
    "narSize" BIGINT,
    "fileSize" BIGINT,
    "firstSeenMs" BIGINT,
    "lastSeenMs" BIGINT,
    "missingSinceMs" BIGINT,
    "checkedMs" BIGINT NOT NULL,
    "lastPresence" INTEGER,
    "lastCheckedMs" BIGINT,

    PRIMARY KEY ("path", "cache")
);

-- CreateIndex
CREATE INDEX "AskedPath_checkedMs_idx" ON "AskedPath"("checkedMs");

-- CreateIndex
CREATE INDEX "Derivation_name_version_idx" ON "Derivation"("name", "version");
