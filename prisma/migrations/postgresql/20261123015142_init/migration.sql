-- CreateTable
CREATE TABLE "Evaluation" (
    "id" SERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "handler" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "rerunOf" TEXT COLLATE "C",
    "rerunOfNumber" INTEGER,
    "chainNumber" INTEGER NOT NULL,
    "branch" TEXT COLLATE "C" NOT NULL,
    "ref" TEXT COLLATE "C",
    "url" TEXT COLLATE "C" NOT NULL,
    "ciRevision" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "isComplete" BOOLEAN NOT NULL,
    "isSuperseded" BOOLEAN NOT NULL,
    "error" TEXT COLLATE "C",
    "startedMs" BIGINT NOT NULL,
    "finishedMs" BIGINT,
    "observedMs" BIGINT,
    "nixpkgsRevision" TEXT COLLATE "C",
    "nixpkgsDateMs" BIGINT,
    "lock" TEXT COLLATE "C" NOT NULL,
    "graph" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attribute" (
    "id" SERIAL NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "package" TEXT COLLATE "C" NOT NULL,
    "variant" TEXT COLLATE "C",
    "system" TEXT COLLATE "C",
    "row" TEXT COLLATE "C" NOT NULL,
    "rank" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Attribute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Derivation" (
    "id" SERIAL NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "version" TEXT COLLATE "C" NOT NULL,
    "status" INTEGER NOT NULL,
    "system" TEXT COLLATE "C",
    "detailsMs" BIGINT,
    "buildSeconds" INTEGER,
    "host" TEXT COLLATE "C",
    "logId" TEXT COLLATE "C",
    "isCached" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Derivation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DerivationInput" (
    "derivationId" INTEGER NOT NULL,
    "input" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "DerivationInput_pkey" PRIMARY KEY ("derivationId","input")
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

    CONSTRAINT "Result_pkey" PRIMARY KEY ("evaluationId","attributeId")
);

-- CreateTable
CREATE TABLE "ResultError" (
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER NOT NULL,
    "message" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C",
    "derivation" TEXT COLLATE "C",

    CONSTRAINT "ResultError_pkey" PRIMARY KEY ("evaluationId","attributeId")
);

-- CreateTable
CREATE TABLE "Cause" (
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "derivation" TEXT COLLATE "C",
    "name" TEXT COLLATE "C" NOT NULL,
    "status" INTEGER NOT NULL,

    CONSTRAINT "Cause_pkey" PRIMARY KEY ("evaluationId","attributeId","position")
);

-- CreateTable
CREATE TABLE "FailureEdge" (
    "derivation" TEXT COLLATE "C" NOT NULL,
    "dependency" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "FailureEdge_pkey" PRIMARY KEY ("derivation","dependency")
);

-- CreateTable
CREATE TABLE "Output" (
    "id" SERIAL NOT NULL,
    "derivationId" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "path" TEXT COLLATE "C",
    "narSize" BIGINT,

    CONSTRAINT "Output_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Presence" (
    "outputId" INTEGER NOT NULL,
    "cache" TEXT COLLATE "C" NOT NULL,
    "presence" INTEGER NOT NULL,
    "reason" TEXT COLLATE "C",
    "signedBy" TEXT COLLATE "C",
    "narSize" BIGINT,
    "fileSize" BIGINT,
    "firstSeenMs" BIGINT,
    "lastSeenMs" BIGINT,
    "missingSinceMs" BIGINT,
    "checkedMs" BIGINT,
    "lastPresence" INTEGER,
    "lastCheckedMs" BIGINT,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("outputId","cache")
);

-- CreateTable
CREATE TABLE "PresenceChange" (
    "outputId" INTEGER NOT NULL,
    "cache" TEXT COLLATE "C" NOT NULL,
    "atMs" BIGINT NOT NULL,
    "presence" INTEGER NOT NULL,

    CONSTRAINT "PresenceChange_pkey" PRIMARY KEY ("outputId","cache","atMs")
);

-- CreateTable
CREATE TABLE "CacheState" (
    "cache" TEXT COLLATE "C" NOT NULL,
    "isAlive" BOOLEAN NOT NULL,
    "reason" TEXT COLLATE "C",
    "storeDir" TEXT COLLATE "C",
    "priority" INTEGER,
    "checkedMs" BIGINT NOT NULL,

    CONSTRAINT "CacheState_pkey" PRIMARY KEY ("cache")
);

-- CreateTable
CREATE TABLE "SourceState" (
    "source" TEXT COLLATE "C" NOT NULL,
    "readMs" BIGINT,
    "listedThrough" INTEGER,
    "skipped" TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    "locksRetryMs" BIGINT,

    CONSTRAINT "SourceState_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "NixpkgsRange" (
    "id" SERIAL NOT NULL,
    "fromRevision" TEXT COLLATE "C" NOT NULL,
    "toRevision" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "totalCommits" INTEGER,
    "reason" TEXT COLLATE "C",
    "readMs" BIGINT,

    CONSTRAINT "NixpkgsRange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NixpkgsCommit" (
    "rangeId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "sha" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "dateMs" BIGINT,
    "files" TEXT COLLATE "C",

    CONSTRAINT "NixpkgsCommit_pkey" PRIMARY KEY ("rangeId","position")
);

-- CreateTable
CREATE TABLE "UpstreamBranch" (
    "ref" TEXT COLLATE "C" NOT NULL,
    "revision" TEXT COLLATE "C",
    "dateMs" BIGINT,
    "etag" TEXT COLLATE "C",
    "readMs" BIGINT NOT NULL,

    CONSTRAINT "UpstreamBranch_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "Feed" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "feed" TEXT COLLATE "C" NOT NULL,
    "place" INTEGER NOT NULL,
    "ref" TEXT COLLATE "C",
    "evaluationId" INTEGER,
    "runningId" INTEGER,
    "foldedCount" INTEGER NOT NULL,
    "foldedHash" TEXT COLLATE "C" NOT NULL,
    "built" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("branch","feed")
);

-- CreateTable
CREATE TABLE "Track" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "feed" TEXT COLLATE "C" NOT NULL,
    "row" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL,
    "track" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Track_pkey" PRIMARY KEY ("branch","feed","row","lane")
);

-- CreateTable
CREATE TABLE "BranchState" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "counts" TEXT COLLATE "C" NOT NULL,
    "ready" INTEGER NOT NULL,
    "packages" INTEGER NOT NULL,

    CONSTRAINT "BranchState_pkey" PRIMARY KEY ("branch")
);

-- CreateTable
CREATE TABLE "Cell" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "row" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL,
    "system" TEXT COLLATE "C",
    "variant" TEXT COLLATE "C",
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
    "strip" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Cell_pkey" PRIMARY KEY ("branch","row","lane")
);

-- CreateTable
CREATE TABLE "Row" (
    "name" TEXT COLLATE "C" NOT NULL,
    "headline" INTEGER,
    "search" TEXT COLLATE "C" NOT NULL,
    "version" TEXT COLLATE "C",

    CONSTRAINT "Row_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Triage" (
    "key" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "system" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "issueUrl" TEXT COLLATE "C",
    "who" TEXT COLLATE "C",
    "changedMs" BIGINT,
    "openedMs" BIGINT NOT NULL,
    "closedMs" BIGINT,
    "reopenedMs" BIGINT,
    "reopened" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Triage_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "TriageChange" (
    "id" SERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "who" TEXT COLLATE "C",
    "atMs" BIGINT NOT NULL,
    "before" TEXT COLLATE "C" NOT NULL,
    "after" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "TriageChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TriageBlock" (
    "key" TEXT COLLATE "C" NOT NULL,
    "branch" TEXT COLLATE "C" NOT NULL,
    "row" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL,
    "derivation" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "status" INTEGER NOT NULL,
    "evaluationId" INTEGER NOT NULL,
    "sinceId" INTEGER,
    "lastGoodId" INTEGER,
    "isUndecided" BOOLEAN NOT NULL,

    CONSTRAINT "TriageBlock_pkey" PRIMARY KEY ("key","branch","row","lane","derivation")
);

-- CreateTable
CREATE TABLE "Log" (
    "id" SERIAL NOT NULL,
    "derivation" TEXT COLLATE "C" NOT NULL,
    "logId" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "lineCount" INTEGER NOT NULL,
    "lastNumber" INTEGER NOT NULL,
    "excerpt" TEXT COLLATE "C",
    "fetchedMs" BIGINT NOT NULL,

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LogChunk" (
    "log" INTEGER NOT NULL,
    "firstNumber" INTEGER NOT NULL,
    "lastNumber" INTEGER NOT NULL,
    "lines" BYTEA NOT NULL,

    CONSTRAINT "LogChunk_pkey" PRIMARY KEY ("log","firstNumber")
);

-- CreateTable
CREATE TABLE "SyncRun" (
    "id" TEXT COLLATE "C" NOT NULL,
    "trigger" TEXT COLLATE "C" NOT NULL,
    "who" TEXT COLLATE "C",
    "startedMs" BIGINT NOT NULL,
    "finishedMs" BIGINT,
    "status" TEXT COLLATE "C" NOT NULL,
    "stage" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "evaluations" INTEGER NOT NULL DEFAULT 0,
    "results" INTEGER NOT NULL DEFAULT 0,
    "checks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SyncRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncError" (
    "id" SERIAL NOT NULL,
    "runId" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "atMs" BIGINT NOT NULL,

    CONSTRAINT "SyncError_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT COLLATE "C" NOT NULL,
    "runId" TEXT COLLATE "C" NOT NULL,
    "heartbeatMs" BIGINT NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Meta" (
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Meta_pkey" PRIMARY KEY ("key")
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

-- AddForeignKey
ALTER TABLE "DerivationInput" ADD CONSTRAINT "DerivationInput_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Result" ADD CONSTRAINT "Result_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Result" ADD CONSTRAINT "Result_attributeId_fkey" FOREIGN KEY ("attributeId") REFERENCES "Attribute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Result" ADD CONSTRAINT "Result_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Output" ADD CONSTRAINT "Output_derivationId_fkey" FOREIGN KEY ("derivationId") REFERENCES "Derivation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_outputId_fkey" FOREIGN KEY ("outputId") REFERENCES "Output"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NixpkgsCommit" ADD CONSTRAINT "NixpkgsCommit_rangeId_fkey" FOREIGN KEY ("rangeId") REFERENCES "NixpkgsRange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LogChunk" ADD CONSTRAINT "LogChunk_log_fkey" FOREIGN KEY ("log") REFERENCES "Log"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncError" ADD CONSTRAINT "SyncError_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;
