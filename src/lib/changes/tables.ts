import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	date,
	index,
	integer,
	jsonb,
	pgTable,
	text,
	timestamp,
	unique
} from 'drizzle-orm/pg-core';
import type { LocalizedText } from '#lib/words/words.ts';
import { people } from '../people/tables.ts';
import { captures, items, sources } from '../sources/tables.ts';
import { teams } from '../teams/tables.ts';
import type { ChangeKind } from './kinds.ts';
import type {
	ChangeState,
	Covers,
	DueEvent,
	InstrumentState,
	QuestionState,
	Stance,
	Statement
} from './words.ts';
import type { Effect } from './effects.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });
const day = (name: string) => date(name, { mode: 'string' });
const person = (name: string) => integer(name).references(() => people.id);

/** A regulatory measure, and the stance the company takes to it. */
export const measures = pgTable('measures', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	key: text().notNull().unique('measures_key'),
	names: jsonb().$type<LocalizedText>().notNull(),
	stance: text().$type<Stance>().notNull().default('watch'),
	stanceReason: text('stance_reason'),
	stanceReviewOn: day('stance_review_on'),
	stanceBy: person('stance_by'),
	stanceAt: at('stance_at'),
	version: integer().notNull().default(1)
});

/** The legal text itself, with a state of its own: an official draft is not law in force. */
export const instruments = pgTable(
	'instruments',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		number: text().notNull(),
		url: text().notNull(),
		title: text().notNull(),
		state: text().$type<InstrumentState>().notNull().default('unknown'),
		version: integer().notNull().default(1)
	},
	(table) => [
		check('instruments_number', sql`length(trim(${table.number})) > 0`),
		check('instruments_url', sql`${table.url} ~ '^https?://'`)
	]
);

export const changes = pgTable(
	'changes',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		kind: text().$type<ChangeKind>().notNull(),
		title: jsonb().$type<LocalizedText>().notNull(),
		/** Markdown, kept as written; sanitised when shown. */
		notes: text().notNull().default(''),
		state: text().$type<ChangeState>().notNull().default('draft'),
		/** Each date may be unknown (null). */
		announcedOn: day('announced_on'),
		publishedOn: day('published_on'),
		appliesFrom: day('applies_from'),
		appliesUntil: day('applies_until'),
		/** What it does to the rule, part by part; the fold of all published changes is the rule version. */
		effects: jsonb().$type<Effect[]>().notNull().default([]),
		createdBy: person('created_by'),
		createdAt: at('created_at').notNull().defaultNow(),
		usedBy: person('used_by'),
		usedAt: at('used_at'),
		withdrawnBy: person('withdrawn_by'),
		withdrawnAt: at('withdrawn_at'),
		withdrawnReason: text('withdrawn_reason'),
		version: integer().notNull().default(1)
	},
	(table) => [
		check(
			'changes_dates',
			sql`${table.appliesUntil} is null or ${table.appliesFrom} is null or ${table.appliesFrom} <= ${table.appliesUntil}`
		),
		index('changes_state').on(table.state, table.id)
	]
);

/** A claim is (measure, subject, predicate, value). What we hold of it is derived, never stored. */
export const claims = pgTable(
	'claims',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		/** `C05`: how people and rule parts cite it. */
		key: text().notNull(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		change: integer('change_id')
			.notNull()
			.references(() => changes.id),
		subject: text().notNull(),
		predicate: text().notNull(),
		value: jsonb().$type<unknown>().notNull(),
		paraphrase: jsonb().$type<LocalizedText>().notNull(),
		note: jsonb().$type<LocalizedText | null>(),
		confirmableBy: jsonb('confirmable_by').$type<string[]>().notNull().default([]),
		supersededBy: integer('superseded_by'),
		createdBy: person('created_by'),
		createdAt: at('created_at').notNull().defaultNow(),
		withdrawnAt: at('withdrawn_at'),
		withdrawnBy: person('withdrawn_by'),
		version: integer().notNull().default(1)
	},
	(table) => [unique('claims_key').on(table.measure, table.key), index('claims_change').on(table.change)]
);

/** What supports a claim: an exact quote from a capture, or a summary of our own (which never makes it official). */
export const attestations = pgTable(
	'attestations',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		claim: integer('claim_id')
			.notNull()
			.references(() => claims.id),
		source: integer('source_id')
			.notNull()
			.references(() => sources.id),
		capture: integer('capture_id').references(() => captures.id),
		item: integer('item_id').references(() => items.id),
		quote: text(),
		summary: jsonb().$type<LocalizedText>(),
		statement: text().$type<Statement>().notNull(),
		asOf: day('as_of'),
		/** Texts copied from one another share it: ten reprints are one origin. */
		originGroup: text('origin_group').notNull(),
		person: person('person_id'),
		at: at('at').notNull().defaultNow()
	},
	(table) => [
		check('attestations_words', sql`(${table.quote} is null) <> (${table.summary} is null)`),
		check(
			'attestations_quote',
			sql`${table.quote} is null or (${table.capture} is not null and length(trim(${table.quote})) >= 8)`
		),
		index('attestations_claim').on(table.claim)
	]
);

/** One person's word that an attestation makes its claim official; two of them do. Guarded by a trigger. */
export const promotions = pgTable(
	'promotions',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		claim: integer('claim_id')
			.notNull()
			.references(() => claims.id),
		attestation: integer('attestation_id')
			.notNull()
			.references(() => attestations.id),
		instrument: integer('instrument_id')
			.notNull()
			.references(() => instruments.id),
		person: integer('person_id')
			.notNull()
			.references(() => people.id),
		at: at('at').notNull().defaultNow()
	},
	(table) => [unique('promotions_one_each').on(table.claim, table.person)]
);

/** A person's decision that two claims cannot both hold. */
export const contradictions = pgTable('contradictions', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	claim: integer('claim_id')
		.notNull()
		.references(() => claims.id),
	other: integer('other_id')
		.notNull()
		.references(() => claims.id),
	reason: text().notNull(),
	person: integer('person_id')
		.notNull()
		.references(() => people.id),
	at: at('at').notNull().defaultNow()
});

/** A known unknown, and the assumption we act on meanwhile. */
export const questions = pgTable(
	'questions',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		key: text().notNull(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		change: integer('change_id')
			.notNull()
			.references(() => changes.id),
		text: jsonb().$type<LocalizedText>().notNull(),
		assumption: jsonb().$type<LocalizedText>().notNull(),
		answerableBy: jsonb('answerable_by').$type<string[]>().notNull().default([]),
		affects: jsonb().$type<string[]>().notNull().default([]),
		derived: boolean().notNull().default(false),
		state: text().$type<QuestionState>().notNull().default('open'),
		owner: person('owner_id'),
		reviewOn: day('review_on'),
		version: integer().notNull().default(1)
	},
	(table) => [unique('questions_key').on(table.measure, table.key)]
);

/** What a change asks of a team. The key is the same across changes; the newest published change's text wins. */
export const playbookItems = pgTable(
	'playbook_items',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		change: integer('change_id')
			.notNull()
			.references(() => changes.id),
		key: text().notNull(),
		team: text()
			.notNull()
			.references(() => teams.key),
		title: jsonb().$type<LocalizedText>().notNull(),
		guidance: jsonb().$type<LocalizedText>().notNull(),
		example: jsonb().$type<LocalizedText>().notNull().default({}),
		evidenceLabel: jsonb('evidence_label').$type<LocalizedText>().notNull(),
		acceptance: jsonb().$type<LocalizedText[]>().notNull().default([]),
		failsWhen: jsonb('fails_when').$type<LocalizedText[]>().notNull().default([]),
		evidenceType: text('evidence_type').notNull(),
		condition: text(),
		covers: text().$type<Covers>().notNull(),
		dueEvent: text('due_event').$type<DueEvent>().notNull(),
		dueOffsetDays: integer('due_offset_days').notNull().default(0),
		recheckEvent: text('recheck_event').$type<DueEvent>(),
		recheckOffsetDays: integer('recheck_offset_days'),
		validForDays: integer('valid_for_days'),
		mandatory: boolean().notNull().default(false),
		secondPerson: boolean('second_person').notNull().default(false),
		renewOnVersion: boolean('renew_on_version').notNull().default(false),
		claims: jsonb().$type<string[]>().notNull().default([]),
		basis: text().notNull().default('ours'),
		version: integer().notNull().default(1)
	},
	(table) => [unique('playbook_items_key').on(table.change, table.key)]
);
