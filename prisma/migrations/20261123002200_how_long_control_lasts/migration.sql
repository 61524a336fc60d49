-- Until when an owner keeps a thread, as far as Meta says; and two more things that events and answers tell.
ALTER TABLE "control_fact" ADD COLUMN "expiresAt" TIMESTAMPTZ(3);
ALTER TABLE "control_fact" DROP CONSTRAINT "control_fact_kind_word";
ALTER TABLE "control_fact" ADD CONSTRAINT "control_fact_kind_word" CHECK ("kind" IN ('owner', 'not_ours', 'standby', 'released', 'refused', 'requested', 'leadgen_asking'));
ALTER TABLE "control_fact" DROP CONSTRAINT "control_fact_source_word";
ALTER TABLE "control_fact" ADD CONSTRAINT "control_fact_source_word" CHECK ("source" IN ('handover', 'echo', 'standby', 'api', 'answer', 'send_error'));
ALTER TABLE "thread" DROP CONSTRAINT "thread_controlSource_word";
ALTER TABLE "thread" ADD CONSTRAINT "thread_controlSource_word" CHECK ("controlSource" IN ('handover', 'echo', 'standby', 'api', 'answer', 'send_error'));
