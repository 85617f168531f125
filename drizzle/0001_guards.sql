-- The truth rules, where no form and no script can go round them.

-- What was recorded stays recorded.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
		USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
--> statement-breakpoint
CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER rule_versions_append_only BEFORE UPDATE OR DELETE ON rule_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER captures_append_only BEFORE UPDATE OR DELETE ON captures FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER extracts_append_only BEFORE UPDATE OR DELETE ON extracts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER attestations_append_only BEFORE UPDATE OR DELETE ON attestations FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER promotions_append_only BEFORE UPDATE OR DELETE ON promotions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER contradictions_append_only BEFORE UPDATE OR DELETE ON contradictions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER source_tiers_append_only BEFORE UPDATE ON source_tiers FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Who set a tier is forgotten only together with the source itself; a source that anything was read from stays.
CREATE FUNCTION guard_tier_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM sources WHERE id = OLD.source_id) THEN
		RAISE EXCEPTION 'source_tiers is append-only'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'source_tiers_append_only';
	END IF;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER source_tiers_removal BEFORE DELETE ON source_tiers FOR EACH ROW EXECUTE FUNCTION guard_tier_removal();
--> statement-breakpoint
CREATE TRIGGER evidence_revisions_append_only BEFORE UPDATE OR DELETE ON evidence_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A text as quotes are looked for in it: one Unicode form, runs of white space as one space.
CREATE FUNCTION quotable(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT btrim(regexp_replace(normalize(words, NFC), '\s+', ' ', 'g'))
$$;
--> statement-breakpoint

-- Official: a capture of a tier-1 source contains the quote, the document's number and URL are known (columns of the
-- instrument), two people say so (one row each), and neither of them set the tier.
CREATE FUNCTION guard_promotion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	proof attestations%ROWTYPE;
	tier_now integer;
BEGIN
	SELECT * INTO proof FROM attestations WHERE id = NEW.attestation_id;
	IF proof.claim_id IS DISTINCT FROM NEW.claim_id THEN
		RAISE EXCEPTION 'the attestation belongs to another claim'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'promotions_own_attestation';
	END IF;
	IF proof.capture_id IS NULL OR proof.quote IS NULL OR NOT EXISTS (
		SELECT 1 FROM extracts e JOIN captures c ON c.id = e.capture_id
		WHERE c.id = proof.capture_id AND c.source_id = proof.source_id
			AND position(quotable(proof.quote) IN quotable(e.text)) > 0
	) THEN
		RAISE EXCEPTION 'no capture of the source contains the quote'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'promotions_quote_in_capture';
	END IF;
	SELECT tier INTO tier_now FROM source_tiers WHERE source_id = proof.source_id ORDER BY id DESC LIMIT 1;
	IF tier_now IS DISTINCT FROM 1 THEN
		RAISE EXCEPTION 'the source is not of tier 1'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'promotions_tier_one';
	END IF;
	IF EXISTS (SELECT 1 FROM source_tiers WHERE source_id = proof.source_id AND person = NEW.person_id) THEN
		RAISE EXCEPTION 'who set the tier may not promote'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'promotions_tier_by_another';
	END IF;
	IF NOT EXISTS (
		SELECT 1 FROM instruments i JOIN claims c ON c.measure_id = i.measure_id
		WHERE i.id = NEW.instrument_id AND c.id = NEW.claim_id
	) THEN
		RAISE EXCEPTION 'the instrument belongs to another measure'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'promotions_own_instrument';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER promotions_guard BEFORE INSERT ON promotions FOR EACH ROW EXECUTE FUNCTION guard_promotion();
--> statement-breakpoint

-- And not the other way round either: a promoter may not set the tier afterwards.
CREATE FUNCTION guard_tier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.person IS NOT NULL AND EXISTS (
		SELECT 1 FROM promotions p JOIN attestations a ON a.id = p.attestation_id
		WHERE a.source_id = NEW.source_id AND p.person_id = NEW.person
	) THEN
		RAISE EXCEPTION 'who promoted a claim of this source may not set its tier'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'source_tiers_by_another';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER source_tiers_guard BEFORE INSERT ON source_tiers FOR EACH ROW EXECUTE FUNCTION guard_tier();
--> statement-breakpoint

-- What a claim says does not change under its attestations: a correction is a new claim.
CREATE FUNCTION guard_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR (OLD.measure_id, OLD.key, OLD.subject, OLD.predicate, OLD.value)
		IS DISTINCT FROM (NEW.measure_id, NEW.key, NEW.subject, NEW.predicate, NEW.value) THEN
		IF EXISTS (SELECT 1 FROM attestations WHERE claim_id = OLD.id) THEN
			RAISE EXCEPTION 'an attested claim keeps what it says'
				USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_keep_words';
		END IF;
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER claims_guard BEFORE UPDATE OR DELETE ON claims FOR EACH ROW EXECUTE FUNCTION guard_claim();
--> statement-breakpoint

CREATE FUNCTION guard_instrument() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (TG_OP = 'DELETE' OR (OLD.number, OLD.url, OLD.measure_id) IS DISTINCT FROM (NEW.number, NEW.url, NEW.measure_id))
		AND EXISTS (SELECT 1 FROM promotions WHERE instrument_id = OLD.id) THEN
		RAISE EXCEPTION 'an instrument that claims rest on keeps its number and address'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'instruments_keep_number';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER instruments_guard BEFORE UPDATE OR DELETE ON instruments FOR EACH ROW EXECUTE FUNCTION guard_instrument();
--> statement-breakpoint

-- A change that is in use here keeps its content; it can only be withdrawn, and a withdrawn one stays so.
CREATE FUNCTION guard_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.state NOT IN ('draft', 'in_review') AND (NEW.used_by IS NULL OR NEW.used_at IS NULL) THEN
			RAISE EXCEPTION 'a person publishes a change'
				USING ERRCODE = 'check_violation', CONSTRAINT = 'changes_used_by_person';
		END IF;
		RETURN NEW;
	END IF;
	IF OLD.state IN ('published', 'withdrawn') AND (TG_OP = 'DELETE'
		OR (OLD.measure_id, OLD.kind, OLD.effects, OLD.applies_from, OLD.applies_until, OLD.used_by, OLD.used_at)
			IS DISTINCT FROM
			(NEW.measure_id, NEW.kind, NEW.effects, NEW.applies_from, NEW.applies_until, NEW.used_by, NEW.used_at)
		OR (OLD.state = 'published' AND NEW.state NOT IN ('published', 'withdrawn'))
		OR (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')) THEN
		RAISE EXCEPTION 'a published change keeps its content'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'changes_keep_content';
	END IF;
	IF TG_OP = 'UPDATE' AND NEW.state = 'published' AND (NEW.used_by IS NULL OR NEW.used_at IS NULL) THEN
		RAISE EXCEPTION 'a person publishes a change'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'changes_used_by_person';
	END IF;
	IF TG_OP = 'UPDATE' AND NEW.state = 'withdrawn' AND (NEW.withdrawn_by IS NULL OR NEW.withdrawn_at IS NULL) THEN
		RAISE EXCEPTION 'a person withdraws a change'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'changes_withdrawn_by_person';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER changes_guard BEFORE INSERT OR UPDATE OR DELETE ON changes FOR EACH ROW EXECUTE FUNCTION guard_change();
--> statement-breakpoint

CREATE FUNCTION guard_playbook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM changes WHERE id = OLD.change_id AND state IN ('published', 'withdrawn')) THEN
		RAISE EXCEPTION 'the playbook of a published change keeps its words'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'playbook_items_keep_words';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER playbook_items_guard BEFORE UPDATE OR DELETE ON playbook_items FOR EACH ROW EXECUTE FUNCTION guard_playbook();
--> statement-breakpoint

CREATE FUNCTION guard_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR OLD.kind <> NEW.kind THEN
		RAISE EXCEPTION 'a workspace keeps its kind'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'workspace_keeps_kind';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER workspace_guard BEFORE UPDATE OR DELETE ON workspace FOR EACH ROW EXECUTE FUNCTION guard_workspace();
--> statement-breakpoint

-- Evidence bears no day after it was added (the furthest zone decides, so that no honest day is refused).
ALTER TABLE evidence_revisions ADD CONSTRAINT evidence_revisions_day
	CHECK (evidence_on <= (at AT TIME ZONE 'Pacific/Kiritimati')::date);
--> statement-breakpoint

-- References that cross concepts the other way round.
ALTER TABLE checklist_items ADD CONSTRAINT checklist_items_evidence
	FOREIGN KEY (evidence_revision_id) REFERENCES evidence_revisions (id);
--> statement-breakpoint
ALTER TABLE checklist_items ADD CONSTRAINT checklist_items_carried
	FOREIGN KEY (carried_from) REFERENCES checklist_items (id) ON DELETE SET NULL;
--> statement-breakpoint
ALTER TABLE items ADD CONSTRAINT items_change FOREIGN KEY (change_id) REFERENCES changes (id);
--> statement-breakpoint
ALTER TABLE claims ADD CONSTRAINT claims_superseded FOREIGN KEY (superseded_by) REFERENCES claims (id);
