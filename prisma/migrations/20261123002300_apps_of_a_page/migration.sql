CREATE INDEX "control_fact_pageId_appId_idx" ON "control_fact"("pageId", "appId");
