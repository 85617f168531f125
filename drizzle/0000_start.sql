CREATE TABLE "activity" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "activity_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"person" integer,
	"deed" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" integer NOT NULL,
	"order_id" integer,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "comments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"subject_id" integer NOT NULL,
	"person" integer NOT NULL,
	"body" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attestations" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attestations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"capture_id" integer,
	"item_id" integer,
	"quote" text,
	"summary" jsonb,
	"statement" text NOT NULL,
	"as_of" date,
	"origin_group" text NOT NULL,
	"person_id" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attestations_words" CHECK (("attestations"."quote" is null) <> ("attestations"."summary" is null)),
	CONSTRAINT "attestations_quote" CHECK ("attestations"."quote" is null or ("attestations"."capture_id" is not null and length(trim("attestations"."quote")) >= 8))
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"measure_id" integer NOT NULL,
	"kind" text NOT NULL,
	"title" jsonb NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"announced_on" date,
	"published_on" date,
	"applies_from" date,
	"applies_until" date,
	"effects" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_by" integer,
	"used_at" timestamp with time zone,
	"withdrawn_by" integer,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "changes_dates" CHECK ("changes"."applies_until" is null or "changes"."applies_from" is null or "changes"."applies_from" <= "changes"."applies_until")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "claims_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"measure_id" integer NOT NULL,
	"change_id" integer NOT NULL,
	"subject" text NOT NULL,
	"predicate" text NOT NULL,
	"value" jsonb NOT NULL,
	"paraphrase" jsonb NOT NULL,
	"note" jsonb,
	"confirmable_by" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"superseded_by" integer,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" integer,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "claims_key" UNIQUE("measure_id","key")
);
--> statement-breakpoint
CREATE TABLE "contradictions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contradictions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" integer NOT NULL,
	"other_id" integer NOT NULL,
	"reason" text NOT NULL,
	"person_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instruments" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "instruments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"measure_id" integer NOT NULL,
	"number" text NOT NULL,
	"url" text NOT NULL,
	"title" text NOT NULL,
	"state" text DEFAULT 'unknown' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "instruments_number" CHECK (length(trim("instruments"."number")) > 0),
	CONSTRAINT "instruments_url" CHECK ("instruments"."url" ~ '^https?://')
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "measures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"names" jsonb NOT NULL,
	"stance" text DEFAULT 'watch' NOT NULL,
	"stance_reason" text,
	"stance_review_on" date,
	"stance_by" integer,
	"stance_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "measures_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "playbook_items" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "playbook_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"change_id" integer NOT NULL,
	"key" text NOT NULL,
	"team" text NOT NULL,
	"title" jsonb NOT NULL,
	"guidance" jsonb NOT NULL,
	"example" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"evidence_label" jsonb NOT NULL,
	"acceptance" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fails_when" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"evidence_type" text NOT NULL,
	"condition" text,
	"covers" text NOT NULL,
	"due_event" text NOT NULL,
	"due_offset_days" integer DEFAULT 0 NOT NULL,
	"recheck_event" text,
	"recheck_offset_days" integer,
	"valid_for_days" integer,
	"mandatory" boolean DEFAULT false NOT NULL,
	"second_person" boolean DEFAULT false NOT NULL,
	"renew_on_version" boolean DEFAULT false NOT NULL,
	"claims" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"basis" text DEFAULT 'ours' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "playbook_items_key" UNIQUE("change_id","key")
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "promotions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" integer NOT NULL,
	"attestation_id" integer NOT NULL,
	"instrument_id" integer NOT NULL,
	"person_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promotions_one_each" UNIQUE("claim_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"measure_id" integer NOT NULL,
	"change_id" integer NOT NULL,
	"text" jsonb NOT NULL,
	"assumption" jsonb NOT NULL,
	"answerable_by" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"affects" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"derived" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"owner_id" integer,
	"review_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "questions_key" UNIQUE("measure_id","key")
);
--> statement-breakpoint
CREATE TABLE "checklist_items" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "checklist_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"measure_id" integer NOT NULL,
	"order_id" integer,
	"key" text NOT NULL,
	"product_id" integer,
	"period" text,
	"playbook_item_id" integer NOT NULL,
	"asked_by_version" integer,
	"asked_hash" text NOT NULL,
	"done_hash" text,
	"team" text NOT NULL,
	"covers" text NOT NULL,
	"importer_id" integer,
	"place_key" text,
	"mandatory" boolean NOT NULL,
	"second_person" boolean NOT NULL,
	"condition" text,
	"planned_on" date,
	"created_on" date NOT NULL,
	"due_on" date GENERATED ALWAYS AS (case when planned_on is null then null else greatest(planned_on, created_on) end) STORED,
	"recheck_on" date,
	"assignee_id" integer,
	"state" text DEFAULT 'open' NOT NULL,
	"prepared_by" integer,
	"prepared_at" timestamp with time zone,
	"note" text,
	"accepted_by" integer,
	"accepted_at" timestamp with time zone,
	"returned_by" integer,
	"returned_at" timestamp with time zone,
	"reason" text,
	"release_asked_by" integer,
	"released_by" integer,
	"released_until" date,
	"evidence_revision_id" integer,
	"valid_from" date,
	"valid_until" date,
	"carried_from" integer,
	"stale" boolean GENERATED ALWAYS AS (state not in ('open', 'returned') and done_hash is distinct from asked_hash) STORED NOT NULL,
	"no_longer_asked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "checklist_items_identity" UNIQUE NULLS NOT DISTINCT("measure_id","order_id","key","product_id","period"),
	CONSTRAINT "checklist_items_second_person" CHECK (not ("checklist_items"."second_person" and "checklist_items"."state" = 'accepted' and ("checklist_items"."prepared_by" is null or "checklist_items"."prepared_by" = "checklist_items"."accepted_by"))),
	CONSTRAINT "checklist_items_accepted" CHECK ("checklist_items"."state" <> 'accepted' or ("checklist_items"."accepted_by" is not null and "checklist_items"."accepted_at" is not null)),
	CONSTRAINT "checklist_items_returned" CHECK ("checklist_items"."state" <> 'returned' or "checklist_items"."reason" is not null),
	CONSTRAINT "checklist_items_state" CHECK ("checklist_items"."state" in ('open', 'prepared', 'accepted', 'returned', 'released', 'not_needed'))
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "evidence_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"title" text NOT NULL,
	"covers" text NOT NULL,
	"importer_id" integer,
	"place_key" text,
	"order_id" integer,
	"created_by" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "evidence_covers" CHECK (("evidence"."covers" = 'product' and "evidence"."order_id" is null and "evidence"."importer_id" is null)
				or ("evidence"."covers" = 'importer_place' and "evidence"."importer_id" is not null and "evidence"."place_key" is not null)
				or ("evidence"."covers" = 'order' and "evidence"."order_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "evidence_products" (
	"evidence_id" integer NOT NULL,
	"product_id" integer NOT NULL,
	CONSTRAINT "evidence_products_evidence_id_product_id_pk" PRIMARY KEY("evidence_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "evidence_revisions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "evidence_revisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"evidence_id" integer NOT NULL,
	"number" integer NOT NULL,
	"sha256" text,
	"file_name" text,
	"media_type" text,
	"size" bigint,
	"url" text,
	"note" text,
	"evidence_on" date NOT NULL,
	"valid_from" date,
	"valid_until" date,
	"declared" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"person_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evidence_revisions_number" UNIQUE("evidence_id","number"),
	CONSTRAINT "evidence_revisions_proof" CHECK ("evidence_revisions"."sha256" is not null or "evidence_revisions"."url" is not null or "evidence_revisions"."note" is not null),
	CONSTRAINT "evidence_revisions_validity" CHECK ("evidence_revisions"."valid_from" is null or "evidence_revisions"."valid_until" is null or "evidence_revisions"."valid_from" <= "evidence_revisions"."valid_until")
);
--> statement-breakpoint
CREATE TABLE "exchange_rates" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "exchange_rates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"from_currency" text NOT NULL,
	"to_currency" text NOT NULL,
	"rate" text NOT NULL,
	"on_day" date NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "exchange_rates_day" UNIQUE("from_currency","to_currency","on_day")
);
--> statement-breakpoint
CREATE TABLE "importers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "importers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "importers_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "order_judgements" (
	"order_id" integer PRIMARY KEY NOT NULL,
	"version_id" integer,
	"judged_on" date NOT NULL,
	"holds_until" date,
	"readiness" text NOT NULL,
	"applicability" text NOT NULL,
	"mandatory_total" integer NOT NULL,
	"mandatory_holding" integer NOT NULL,
	"payer" text NOT NULL,
	"prepared_low" bigint NOT NULL,
	"prepared_high" bigint NOT NULL,
	"may_not_apply_low" bigint NOT NULL,
	"may_not_apply_high" bigint NOT NULL,
	"missing_low" bigint NOT NULL,
	"missing_high" bigint NOT NULL,
	"open_low" bigint NOT NULL,
	"open_high" bigint NOT NULL,
	"summary" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_lines_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"order_id" integer NOT NULL,
	"position" integer NOT NULL,
	"product_id" integer NOT NULL,
	"quantity" integer NOT NULL,
	"fob_minor" bigint NOT NULL,
	"origin_country" text,
	CONSTRAINT "order_lines_position" UNIQUE("order_id","position"),
	CONSTRAINT "order_lines_amounts" CHECK ("order_lines"."quantity" > 0 and "order_lines"."fob_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"buyer" text NOT NULL,
	"importer_id" integer NOT NULL,
	"incoterm" text NOT NULL,
	"named_place" text,
	"place_key" text NOT NULL,
	"loading_port" text,
	"loading_country" text,
	"exporter_country" text,
	"mode" text DEFAULT 'sea' NOT NULL,
	"stage" text DEFAULT 'quotation' NOT NULL,
	"quoted_on" date,
	"confirmed_on" date,
	"production_on" date,
	"etd" date,
	"eta" date,
	"declaration_on" date,
	"currency" text NOT NULL,
	"freight_minor" bigint DEFAULT 0 NOT NULL,
	"insurance_minor" bigint DEFAULT 0 NOT NULL,
	"customer_asks" boolean DEFAULT false NOT NULL,
	"pinned_version_id" integer,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "orders_number" UNIQUE("number"),
	CONSTRAINT "orders_money" CHECK ("orders"."freight_minor" >= 0 and "orders"."insurance_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "products_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"sku" text NOT NULL,
	"names" jsonb NOT NULL,
	"category" text NOT NULL,
	"not_electronic_by" integer,
	"not_electronic_at" timestamp with time zone,
	"hs_code" text,
	"gtin" text,
	"footprint" jsonb,
	"materials" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "products_sku" UNIQUE("sku")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"roles" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "people_email" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"person" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team" text NOT NULL,
	"person" integer NOT NULL,
	"lead" boolean DEFAULT false NOT NULL,
	CONSTRAINT "team_members_team_person_pk" PRIMARY KEY("team","person")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"shown_on" date,
	"setup_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspace_is_one" CHECK ("workspace"."id" = 1),
	CONSTRAINT "workspace_kind" CHECK ("workspace"."kind" in ('demo', 'real')),
	CONSTRAINT "workspace_real_day" CHECK ("workspace"."kind" = 'demo' or "workspace"."shown_on" is null)
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"code" text PRIMARY KEY NOT NULL,
	"names" jsonb NOT NULL,
	"candidate_hs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"note" jsonb,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "places" (
	"key" text PRIMARY KEY NOT NULL,
	"country" text NOT NULL,
	"names" jsonb NOT NULL,
	"kind" text NOT NULL,
	"parent" text,
	"joined_parent_on" date,
	"unlocode" text,
	"aliases" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"note" jsonb,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rule_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"measure_id" integer NOT NULL,
	"number" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"hash" text NOT NULL,
	"change_id" integer NOT NULL,
	"because" text NOT NULL,
	"known_on" date NOT NULL,
	"person_id" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rule_versions_number" UNIQUE("measure_id","number")
);
--> statement-breakpoint
CREATE TABLE "captures" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "captures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source_id" integer NOT NULL,
	"url" text,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"content_type" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "extracts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "extracts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"capture_id" integer NOT NULL,
	"item_id" integer,
	"extractor" text NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source_id" integer NOT NULL,
	"identity" text NOT NULL,
	"title" text NOT NULL,
	"title_made" boolean DEFAULT false NOT NULL,
	"link" text,
	"published_at" timestamp with time zone,
	"language" text,
	"state" text DEFAULT 'new' NOT NULL,
	"reason" text,
	"until" date,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"change_id" integer,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "items_identity" UNIQUE("source_id","identity"),
	CONSTRAINT "items_dismissed" CHECK ("items"."state" <> 'dismissed' or "items"."reason" is not null),
	CONSTRAINT "items_deferred" CHECK ("items"."state" <> 'deferred' or "items"."until" is not null),
	CONSTRAINT "items_linked" CHECK ("items"."state" <> 'linked' or "items"."change_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "polls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source_id" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"status" integer,
	"new_items" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"person" integer
);
--> statement-breakpoint
CREATE TABLE "source_tiers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "source_tiers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source_id" integer NOT NULL,
	"tier" integer NOT NULL,
	"person" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"tier" integer NOT NULL,
	"url" text,
	"homepage" text,
	"languages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"note" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"poll_minutes" integer DEFAULT 60 NOT NULL,
	"etag" text,
	"last_modified" text,
	"last_hash" text,
	"last_polled_at" timestamp with time zone,
	"last_read_at" timestamp with time zone,
	"last_error" jsonb,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_poll_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sources_key" UNIQUE("key"),
	CONSTRAINT "sources_tier" CHECK ("sources"."tier" between 1 and 4),
	CONSTRAINT "sources_feed_url" CHECK ("sources"."kind" <> 'feed' or "sources"."url" is not null)
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"key" text PRIMARY KEY NOT NULL,
	"names" jsonb NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "activity" ADD CONSTRAINT "activity_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_used_by_people_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_other_id_claims_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_stance_by_people_id_fk" FOREIGN KEY ("stance_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playbook_items" ADD CONSTRAINT "playbook_items_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playbook_items" ADD CONSTRAINT "playbook_items_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_attestation_id_attestations_id_fk" FOREIGN KEY ("attestation_id") REFERENCES "public"."attestations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_playbook_item_id_playbook_items_id_fk" FOREIGN KEY ("playbook_item_id") REFERENCES "public"."playbook_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_asked_by_version_rule_versions_id_fk" FOREIGN KEY ("asked_by_version") REFERENCES "public"."rule_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_importer_id_importers_id_fk" FOREIGN KEY ("importer_id") REFERENCES "public"."importers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_place_key_places_key_fk" FOREIGN KEY ("place_key") REFERENCES "public"."places"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_assignee_id_people_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_prepared_by_people_id_fk" FOREIGN KEY ("prepared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_accepted_by_people_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_returned_by_people_id_fk" FOREIGN KEY ("returned_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_release_asked_by_people_id_fk" FOREIGN KEY ("release_asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_released_by_people_id_fk" FOREIGN KEY ("released_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_importer_id_importers_id_fk" FOREIGN KEY ("importer_id") REFERENCES "public"."importers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_place_key_places_key_fk" FOREIGN KEY ("place_key") REFERENCES "public"."places"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_products" ADD CONSTRAINT "evidence_products_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_products" ADD CONSTRAINT "evidence_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_revisions" ADD CONSTRAINT "evidence_revisions_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_revisions" ADD CONSTRAINT "evidence_revisions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_judgements" ADD CONSTRAINT "order_judgements_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_judgements" ADD CONSTRAINT "order_judgements_version_id_rule_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."rule_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_importer_id_importers_id_fk" FOREIGN KEY ("importer_id") REFERENCES "public"."importers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_place_key_places_key_fk" FOREIGN KEY ("place_key") REFERENCES "public"."places"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_pinned_version_id_rule_versions_id_fk" FOREIGN KEY ("pinned_version_id") REFERENCES "public"."rule_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_category_categories_code_fk" FOREIGN KEY ("category") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_not_electronic_by_people_id_fk" FOREIGN KEY ("not_electronic_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extracts" ADD CONSTRAINT "extracts_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extracts" ADD CONSTRAINT "extracts_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_tiers" ADD CONSTRAINT "source_tiers_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_tiers" ADD CONSTRAINT "source_tiers_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_subject" ON "activity" USING btree ("subject","subject_id","id");--> statement-breakpoint
CREATE INDEX "activity_order" ON "activity" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "comments_subject" ON "comments" USING btree ("subject","subject_id","id");--> statement-breakpoint
CREATE INDEX "attestations_claim" ON "attestations" USING btree ("claim_id");--> statement-breakpoint
CREATE INDEX "changes_state" ON "changes" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "claims_change" ON "claims" USING btree ("change_id");--> statement-breakpoint
CREATE INDEX "checklist_items_order" ON "checklist_items" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "checklist_items_product" ON "checklist_items" USING btree ("product_id","key");--> statement-breakpoint
CREATE INDEX "checklist_items_importer" ON "checklist_items" USING btree ("importer_id","place_key","key");--> statement-breakpoint
CREATE INDEX "checklist_items_todo" ON "checklist_items" USING btree ("team","due_on","id") WHERE "checklist_items"."state" in ('open', 'returned', 'prepared') and "checklist_items"."no_longer_asked_at" is null;--> statement-breakpoint
CREATE INDEX "evidence_importer" ON "evidence" USING btree ("importer_id","place_key");--> statement-breakpoint
CREATE INDEX "evidence_order" ON "evidence" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "evidence_products_product" ON "evidence_products" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "order_judgements_until" ON "order_judgements" USING btree ("holds_until");--> statement-breakpoint
CREATE INDEX "order_lines_product" ON "order_lines" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("eta","id") WHERE "orders"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "captures_source" ON "captures" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "extracts_item" ON "extracts" USING btree ("item_id","id");--> statement-breakpoint
CREATE INDEX "extracts_capture" ON "extracts" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "items_inbox" ON "items" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "polls_source" ON "polls" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "sources_due" ON "sources" USING btree ("next_poll_at") WHERE "sources"."enabled";