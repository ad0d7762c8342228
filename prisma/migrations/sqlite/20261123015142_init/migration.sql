-- CreateTable
CREATE TABLE "Evaluation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "rerunOf" TEXT,
    "rerunOfNumber" INTEGER,
    "chainNumber" INTEGER NOT NULL,
    "branch" TEXT NOT NULL,
    "ref" TEXT,
    "url" TEXT NOT NULL,
    "ciRevision" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isComplete" BOOLEAN NOT NULL,
    "isSuperseded" BOOLEAN NOT NULL,
    "error" TEXT,
    "startedMs" BIGINT NOT NULL,
    "finishedMs" BIGINT,
    "observedMs" BIGINT,
    "nixpkgsRevision" TEXT,
    "nixpkgsDateMs" BIGINT,
    "lock" TEXT NOT NULL,
    "graph" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Attribute" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "source" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "package" TEXT NOT NULL,
    "variant" TEXT,
    "system" TEXT,
    "row" TEXT NOT NULL,
    "rank" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Derivation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "system" TEXT,
    "detailsMs" BIGINT,
    "buildSeconds" INTEGER,
    "host" TEXT,
    "logId" TEXT,
    "isCached" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "DerivationInput" (
    "derivationId" INTEGER NOT NULL,
    "input" TEXT NOT NULL,

    PRIMARY KEY ("derivationId", "input"),
    CONSTRAINT "DerivationInput_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Result" (
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER NOT NULL,
    "derivationId" INTEGER,
    "status" INTEGER NOT NULL,
    "judgement" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "role" INTEGER NOT NULL,

    PRIMARY KEY ("evaluationId", "attributeId"),
    CONSTRAINT "Result_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Result_attributeId_fkey" FOREIGN KEY ("attributeId") REFERENCES "Attribute" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Result_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ResultError" (
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "type" TEXT,
    "derivation" TEXT,

    PRIMARY KEY ("evaluationId", "attributeId")
);

-- CreateTable
CREATE TABLE "Cause" (
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "derivation" TEXT,
    "name" TEXT NOT NULL,
    "status" INTEGER NOT NULL,

    PRIMARY KEY ("evaluationId", "attributeId", "position")
);

-- CreateTable
CREATE TABLE "FailureEdge" (
    "derivation" TEXT NOT NULL,
    "dependency" TEXT NOT NULL,

    PRIMARY KEY ("derivation", "dependency")
);

-- CreateTable
CREATE TABLE "Output" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "derivationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT,
    "narSize" BIGINT,
    CONSTRAINT "Output_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Presence" (
    "outputId" INTEGER NOT NULL,
    "cache" TEXT NOT NULL,
    "presence" INTEGER NOT NULL,
    "reason" TEXT,
    "signedBy" TEXT,
    "narSize" BIGINT,
    "fileSize" BIGINT,
    "firstSeenMs" BIGINT,
    "lastSeenMs" BIGINT,
    "missingSinceMs" BIGINT,
    "checkedMs" BIGINT,
    "lastPresence" INTEGER,
    "lastCheckedMs" BIGINT,

    PRIMARY KEY ("outputId", "cache"),
    CONSTRAINT "Presence_outputId_fkey" FOREIGN KEY ("outputId") REFERENCES "Output" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PresenceChange" (
    "outputId" INTEGER NOT NULL,
    "cache" TEXT NOT NULL,
    "atMs" BIGINT NOT NULL,
    "presence" INTEGER NOT NULL,

    PRIMARY KEY ("outputId", "cache", "atMs")
);

-- CreateTable
CREATE TABLE "CacheState" (
    "cache" TEXT NOT NULL PRIMARY KEY,
    "isAlive" BOOLEAN NOT NULL,
    "reason" TEXT,
    "storeDir" TEXT,
    "priority" INTEGER,
    "checkedMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "SourceState" (
    "source" TEXT NOT NULL PRIMARY KEY,
    "readMs" BIGINT,
    "listedThrough" INTEGER,
    "skipped" TEXT NOT NULL DEFAULT '{}',
    "locksRetryMs" BIGINT
);

-- CreateTable
CREATE TABLE "NixpkgsRange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "fromRevision" TEXT NOT NULL,
    "toRevision" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "totalCommits" INTEGER,
    "reason" TEXT,
    "readMs" BIGINT
);

-- CreateTable
CREATE TABLE "NixpkgsCommit" (
    "rangeId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "sha" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "dateMs" BIGINT,
    "files" TEXT,

    PRIMARY KEY ("rangeId", "position"),
    CONSTRAINT "NixpkgsCommit_rangeId_fkey" FOREIGN KEY ("rangeId") REFERENCES "NixpkgsRange" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UpstreamBranch" (
    "ref" TEXT NOT NULL PRIMARY KEY,
    "revision" TEXT,
    "dateMs" BIGINT,
    "etag" TEXT,
    "readMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Feed" (
    "branch" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "ref" TEXT,
    "evaluationId" INTEGER,
    "runningId" INTEGER,
    "foldedCount" INTEGER NOT NULL,
    "foldedHash" TEXT NOT NULL,
    "built" TEXT NOT NULL,

    PRIMARY KEY ("branch", "feed")
);

-- CreateTable
CREATE TABLE "Track" (
    "branch" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "track" TEXT NOT NULL,

    PRIMARY KEY ("branch", "feed", "row", "lane")
);

-- CreateTable
CREATE TABLE "BranchState" (
    "branch" TEXT NOT NULL PRIMARY KEY,
    "counts" TEXT NOT NULL,
    "ready" INTEGER NOT NULL,
    "packages" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Cell" (
    "branch" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "system" TEXT,
    "variant" TEXT,
    "place" INTEGER NOT NULL,
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER,
    "derivationId" INTEGER,
    "status" INTEGER NOT NULL,
    "judgement" INTEGER NOT NULL,
    "isReady" BOOLEAN NOT NULL,
    "isChanged" BOOLEAN NOT NULL,
    "sinceId" INTEGER,
    "undecidedSinceId" INTEGER,
    "lastGoodId" INTEGER,
    "lastReadyId" INTEGER,
    "strip" TEXT NOT NULL,

    PRIMARY KEY ("branch", "row", "lane")
);

-- CreateTable
CREATE TABLE "Row" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "headline" INTEGER,
    "search" TEXT NOT NULL,
    "version" TEXT
);

-- CreateTable
CREATE TABLE "Triage" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "issueUrl" TEXT,
    "who" TEXT,
    "changedMs" BIGINT,
    "openedMs" BIGINT NOT NULL,
    "closedMs" BIGINT,
    "reopenedMs" BIGINT,
    "reopened" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "TriageChange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "who" TEXT,
    "atMs" BIGINT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "TriageBlock" (
    "key" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "derivation" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "evaluationId" INTEGER NOT NULL,
    "sinceId" INTEGER,
    "lastGoodId" INTEGER,
    "isUndecided" BOOLEAN NOT NULL,

    PRIMARY KEY ("key", "branch", "row", "lane", "derivation")
);

-- CreateTable
CREATE TABLE "Log" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "derivation" TEXT NOT NULL,
    "logId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "lineCount" INTEGER NOT NULL,
    "lastNumber" INTEGER NOT NULL,
    "excerpt" TEXT,
    "fetchedMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "LogChunk" (
    "log" INTEGER NOT NULL,
    "firstNumber" INTEGER NOT NULL,
    "lastNumber" INTEGER NOT NULL,
    "lines" BLOB NOT NULL,

    PRIMARY KEY ("log", "firstNumber"),
    CONSTRAINT "LogChunk_log_fkey" FOREIGN KEY ("log") REFERENCES "Log" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SyncRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "trigger" TEXT NOT NULL,
    "who" TEXT,
    "startedMs" BIGINT NOT NULL,
    "finishedMs" BIGINT,
    "status" TEXT NOT NULL,
    "stage" TEXT,
    "source" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "evaluations" INTEGER NOT NULL DEFAULT 0,
    "results" INTEGER NOT NULL DEFAULT 0,
    "checks" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "SyncError" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "atMs" BIGINT NOT NULL,
    CONSTRAINT "SyncError_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "runId" TEXT NOT NULL,
    "heartbeatMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Meta" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_key_key" ON "Evaluation"("key");

-- CreateIndex
CREATE INDEX "Evaluation_branch_chainNumber_number_idx" ON "Evaluation"("branch", "chainNumber", "number");

-- CreateIndex
CREATE INDEX "Evaluation_source_state_idx" ON "Evaluation"("source", "state");

-- CreateIndex
CREATE INDEX "Evaluation_lock_startedMs_idx" ON "Evaluation"("lock", "startedMs");

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_source_externalId_branch_key" ON "Evaluation"("source", "externalId", "branch");

-- CreateIndex
CREATE INDEX "Attribute_row_idx" ON "Attribute"("row");

-- CreateIndex
CREATE UNIQUE INDEX "Attribute_source_path_key" ON "Attribute"("source", "path");

-- CreateIndex
CREATE UNIQUE INDEX "Derivation_path_key" ON "Derivation"("path");

-- CreateIndex
CREATE INDEX "Derivation_isCached_idx" ON "Derivation"("isCached");

-- CreateIndex
CREATE INDEX "DerivationInput_input_idx" ON "DerivationInput"("input");

-- CreateIndex
CREATE INDEX "Result_attributeId_evaluationId_idx" ON "Result"("attributeId", "evaluationId");

-- CreateIndex
CREATE INDEX "Result_derivationId_idx" ON "Result"("derivationId");

-- CreateIndex
CREATE INDEX "Cause_derivation_idx" ON "Cause"("derivation");

-- CreateIndex
CREATE INDEX "FailureEdge_dependency_idx" ON "FailureEdge"("dependency");

-- CreateIndex
CREATE INDEX "Output_path_idx" ON "Output"("path");

-- CreateIndex
CREATE UNIQUE INDEX "Output_derivationId_name_key" ON "Output"("derivationId", "name");

-- CreateIndex
CREATE INDEX "Presence_cache_checkedMs_idx" ON "Presence"("cache", "checkedMs");

-- CreateIndex
CREATE UNIQUE INDEX "NixpkgsRange_fromRevision_toRevision_key" ON "NixpkgsRange"("fromRevision", "toRevision");

-- CreateIndex
CREATE INDEX "Cell_row_lane_idx" ON "Cell"("row", "lane");

-- CreateIndex
CREATE INDEX "Cell_derivationId_idx" ON "Cell"("derivationId");

-- CreateIndex
CREATE INDEX "Row_headline_name_idx" ON "Row"("headline", "name");

-- CreateIndex
CREATE INDEX "Triage_closedMs_state_idx" ON "Triage"("closedMs", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Triage_kind_name_system_key" ON "Triage"("kind", "name", "system");

-- CreateIndex
CREATE INDEX "TriageChange_key_id_idx" ON "TriageChange"("key", "id");

-- CreateIndex
CREATE INDEX "TriageBlock_branch_row_idx" ON "TriageBlock"("branch", "row");

-- CreateIndex
CREATE UNIQUE INDEX "Log_derivation_logId_key" ON "Log"("derivation", "logId");

-- CreateIndex
CREATE INDEX "SyncRun_startedMs_idx" ON "SyncRun"("startedMs");

-- CreateIndex
CREATE INDEX "SyncError_runId_idx" ON "SyncError"("runId");
