import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Covers } from '../changes/words.ts';
import { measures, playbookItems } from '../changes/tables.ts';
import { importers, orders, products } from '../orders/tables.ts';
import type { ItemState } from '../orders/judgement.ts';
import { people } from '../people/tables.ts';
import { places, ruleVersions } from '../rules/tables.ts';
import { teams } from '../teams/tables.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });
const day = (name: string) => date(name, { mode: 'string' });
const person = (name: string) => integer(name).references(() => people.id);

/**
 * A playbook item as it reached an order. Identity: order or measure, playbook key, product or none, period or none.
 * Work is done once and carried: items with the same (key, covered thing) move together.
 */
export const checklistItems = pgTable(
	'checklist_items',
	{
		id: integer().primaryKey().generatedAlwaysAsIdentity(),
		measure: integer('measure_id')
			.notNull()
			.references(() => measures.id),
		order: integer('order_id').references(() => orders.id, { onDelete: 'cascade' }),
		key: text().notNull(),
		product: integer('product_id').references(() => products.id),
		/** For an item that repeats on a measure: the first day of its week, or the rule version. */
		period: text(),
		/** The playbook row whose words it shows, and the version that asked it. */
		playbookItem: integer('playbook_item_id')
			.notNull()
			.references(() => playbookItems.id),
		askedBy: integer('asked_by_version').references(() => ruleVersions.id),
		/** Hash of what is asked now, and of what was asked when it was last done: where they differ the item is stale. */
		askedHash: text('asked_hash').notNull(),
		doneHash: text('done_hash'),
		team: text()
			.notNull()
			.references(() => teams.key),
		covers: text().$type<Covers>().notNull(),
		/** Copied from the order for work that covers an importer at a place. */
		importer: integer('importer_id').references(() => importers.id),
		place: text('place_key').references(() => places.key),
		mandatory: boolean().notNull(),
		secondPerson: boolean('second_person').notNull(),
		condition: text(),
		/** The day its event asks for; null: the event has no date. */
		plannedOn: day('planned_on'),
		createdOn: day('created_on').notNull(),
		/** Never before the day it was created: what comes late is due now, not overdue. */
		dueOn: day('due_on').generatedAlwaysAs(
			sql`case when planned_on is null then null else greatest(planned_on, created_on) end`
		),
		recheckOn: day('recheck_on'),
		assignee: person('assignee_id'),

		state: text().$type<ItemState>().notNull().default('open'),
		preparedBy: person('prepared_by'),
		preparedAt: at('prepared_at'),
		note: text(),
		acceptedBy: person('accepted_by'),
		acceptedAt: at('accepted_at'),
		returnedBy: person('returned_by'),
		returnedAt: at('returned_at'),
		reason: text(),
		releaseAskedBy: person('release_asked_by'),
		releasedBy: person('released_by'),
		releasedUntil: day('released_until'),
		/** The evidence revision it was prepared with (evidence_revisions.id). */
		evidenceRevision: integer('evidence_revision_id'),
		/** Validity of that revision, copied because revisions never change; null: no bound. */
		validFrom: day('valid_from'),
		validUntil: day('valid_until'),
		/** Last day on which it is carried to further orders; null: no such day. It says nothing about validity. */
		carriesUntil: day('carries_until'),
		/** The item whose preparation or acceptance this one carries. */
		carriedFrom: integer('carried_from'),
		stale: boolean()
			.notNull()
			.generatedAlwaysAs(sql`state not in ('open', 'returned') and done_hash is distinct from asked_hash`),
		noLongerAskedAt: at('no_longer_asked_at'),
		createdAt: at('created_at').notNull().defaultNow(),
		updatedAt: at('updated_at').notNull().defaultNow(),
		version: integer().notNull().default(1)
	},
	(table) => [
		unique('checklist_items_identity')
			.on(table.measure, table.order, table.key, table.product, table.period)
			.nullsNotDistinct(),
		index('checklist_items_order').on(table.order),
		index('checklist_items_product').on(table.product, table.key),
		index('checklist_items_importer').on(table.importer, table.place, table.key),
		index('checklist_items_todo')
			.on(table.team, table.dueOn, table.id)
			.where(sql`${table.state} in ('open', 'returned', 'prepared') and ${table.noLongerAskedAt} is null`),
		check(
			'checklist_items_second_person',
			sql`not (${table.secondPerson} and ${table.state} = 'accepted' and (${table.preparedBy} is null or ${table.preparedBy} = ${table.acceptedBy}))`
		),
		check(
			'checklist_items_accepted',
			sql`${table.state} <> 'accepted' or (${table.acceptedBy} is not null and ${table.acceptedAt} is not null)`
		),
		check('checklist_items_returned', sql`${table.state} <> 'returned' or ${table.reason} is not null`),
		check(
			'checklist_items_state',
			sql`${table.state} in ('open', 'prepared', 'accepted', 'returned', 'released', 'not_needed')`
		)
	]
);
