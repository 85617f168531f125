import { and, asc, eq, isNull } from 'drizzle-orm';
import { conversation, history } from '../activity/activity.server.ts';
import { sentenceOf } from '../activity/sentence.ts';
import { heldClaims } from '../changes/held.server.ts';
import { expiry, type Item } from '../checklists/items.server.ts';
import {
	whyNotAccept,
	whyNotApproveRelease,
	whyNotAskRelease,
	whyNotAssign,
	whyNotNeeded,
	whyNotPrepare,
	whyNotReopen,
	whyNotReturn,
	type ItemInState
} from '../checklists/transitions.ts';
import { whyNot } from '../people/policy.ts';
import type { Person } from '../people/roles.ts';
import { people, teamMembers } from '../people/tables.ts';
import { notFound } from '#lib/refusal.ts';
import type { Db } from '#lib/server/db/db.ts';
import { laterOf, type PlainDate } from '#lib/time.ts';
import type { MessageKey, Words } from '#lib/words/words.ts';
import { sentencesOf, type CurrentItem, type Hand, type Offer, type Panel, type Verb } from './panel.ts';
import { itemRow } from './panel-row.server.ts';
import { servesOrders, suggestionsFor, type Suggestion } from './suggestions.server.ts';
import { declaresOf, evidenceTypes, type EvidenceType } from './types.ts';

/** Everything the prepare panel of an item shows, in a fixed number of queries. @throws Refusal 404 */
export async function panel(
	db: Db,
	person: Person,
	words: Words,
	id: number,
	today: PlainDate
): Promise<Panel> {
	const row = await itemRow(db, id);
	if (!row) throw notFound('noun.checklist_item');
	const { item, playbook } = row;
	const day = laterOf(today, row.order?.declarationOn ?? row.order?.eta);
	const inState = { ...item, ...expiry(item, day) };
	const asked = {
		covers: item.covers,
		type: playbook.evidenceType as EvidenceType,
		validForDays: playbook.validForDays,
		product: item.product,
		importer: item.importer,
		place: item.place,
		order: item.order,
		thing: ''
	};
	const open = whyNotPrepare(inState, person) === null;
	const [offers, alsoCompletes, said, deeds, members, claims] = await Promise.all([
		open ? suggestionsFor(db, asked, { today, day }) : [],
		open ? servesOrders(db, item, today) : [],
		conversation(db, 'checklist_item', id),
		history(db, { subject: 'checklist_item', subjectId: id, limit: 30 }),
		membersOf(db, item.team),
		heldClaims(db, { measure: item.measure, keys: playbook.claims })
	]);
	return {
		id: item.id,
		version: item.version,
		key: item.key,
		title: words.name(playbook.title),
		team: { key: item.team, name: words.name(row.team) },
		covers: item.covers,
		order: row.order && { number: row.order.number, buyer: row.order.buyer },
		product: row.product && { sku: row.product.sku, name: words.name(row.product.names) },
		importer: item.covers === 'importer_place' ? (row.importer?.name ?? null) : null,
		place: item.covers === 'importer_place' ? words.name(row.place?.names) || null : null,
		period: periodOf(words, item.period, today),
		state: item.state,
		stale: item.stale,
		expired: inState.expired && item.state !== 'open' && item.state !== 'returned',
		noLongerAsked: inState.noLongerAsked,
		mandatory: item.mandatory,
		secondPerson: item.secondPerson,
		dueOn: item.dueOn,
		assignee: row.assignee,
		prepared: hand(row.preparer, item.preparedAt),
		accepted: hand(row.accepter, item.acceptedAt),
		returned: hand(row.returner, item.returnedAt),
		reason: item.reason,
		note: item.note,
		carriedFrom: row.carried?.number ? { number: row.carried.number, item: item.carriedFrom! } : null,
		release: row.asker && { askedBy: row.asker.name, until: item.releasedUntil },
		evidence: row.revision && {
			...{ id: row.revision.id, evidence: row.revision.evidence, title: row.evidence!.title },
			number: row.revision.number,
			newest: row.newest ?? row.revision.number,
			file: row.revision.sha256
				? {
						sha256: row.revision.sha256,
						name: row.revision.fileName ?? '',
						mediaType: row.revision.mediaType ?? '',
						size: row.revision.size ?? 0
					}
				: null,
			url: row.revision.url,
			note: row.revision.note,
			evidenceOn: row.revision.evidenceOn,
			validUntil: item.validUntil
		},
		asks: {
			type: asked.type,
			label: words.name(playbook.evidenceLabel),
			guidance: sentencesOf(words.name(playbook.guidance)),
			example: words.name(playbook.example),
			acceptance: playbook.acceptance.map((line) => words.name(line)),
			failsWhen: playbook.failsWhen.map((line) => words.name(line)),
			declares: declaresOf(asked.type),
			noteIsEnough: evidenceTypes[asked.type].noteIsEnough,
			takesFile: item.covers !== 'measure',
			validForDays: playbook.validForDays
		},
		offers: offers
			.map((offer) => shownOffer(words, offer, { today, item }))
			.sort((a, b) => Number(b.good) - Number(a.good)),
		alsoCompletes: alsoCompletes.map(({ number, item: other }) => ({ number, item: other })),
		why: {
			change: { id: row.change.id, title: words.name(row.change.title) },
			rule: row.rule,
			claims: claims.map((claim) => ({
				key: claim.key,
				text: words.name(claim.paraphrase),
				certainty: claim.certainty
			}))
		},
		comments: said,
		history: deeds.map((deed) => ({ id: deed.id, at: deed.at, text: sentenceOf(deed, words) })),
		people: members,
		whyNot: reasons(words, inState, person)
	};
}

/** The item as it is now, in a sentence. */
export async function currentItem(db: Db, words: Words, item: Item): Promise<CurrentItem> {
	const row = await itemRow(db, item.id);
	const state = words.t(`checklist_state.${item.state}`);
	const last =
		hand(row?.accepter, item.acceptedAt) ??
		(item.state === 'returned' ? hand(row?.returner, item.returnedAt) : null) ??
		hand(row?.preparer, item.preparedAt);
	const text = last ? words.t('item.now', { state, who: last.who, when: words.moment(last.at) }) : state;
	return { version: row?.item.version ?? item.version, text };
}

/** Who of a team may sign in, by name. */
async function membersOf(db: Db, team: string): Promise<{ id: number; name: string }[]> {
	return db
		.select({ id: people.id, name: people.name })
		.from(teamMembers)
		.innerJoin(people, eq(people.id, teamMembers.person))
		.where(and(eq(teamMembers.team, team), isNull(people.disabledAt)))
		.orderBy(asc(people.name));
}

function hand(by: { name: string } | null | undefined, at: Date | null): Hand | null {
	return by && at ? { who: by.name, at } : null;
}

/** `v2`: the second rule version; else the first day of a week. */
export function periodOf(words: Words, period: string | null, today: PlainDate): string | null {
	if (period === null) return null;
	return period.startsWith('v')
		? words.t('item.period.version', { number: period.slice(1) })
		: words.t('item.period.week', { day: words.day(period, today) });
}

function shownOffer(words: Words, offer: Suggestion, about: { today: PlainDate; item: Item }): Offer {
	const { today, item } = about;
	const day = words.day(offer.validUntil, today);
	const sentBack = item.state === 'returned' && item.evidenceRevision === offer.revision;
	const validity =
		day || offer.validity !== 'valid' ? (`validity.${offer.validity}` as const) : 'validity.open';
	return {
		revision: offer.revision,
		evidence: offer.evidence,
		title: offer.title,
		validity: sentBack ? words.t('item.offer.sent_back') : words.t(validity, { day }),
		good: offer.validity === 'valid' && !sentBack,
		usable: offer.validity !== 'expired',
		origin: words.t('item.offer.origin', {
			who: offer.by,
			day: words.day(offer.evidenceOn, today),
			orders: offer.usedBy
		})
	};
}

function reasons(words: Words, item: ItemInState, person: Person): Record<Verb, string | null> {
	const found: Record<Verb, MessageKey | null> = {
		prepare: whyNotPrepare(item, person),
		accept: whyNotAccept(item, person),
		sendBack: whyNotReturn(item, person),
		reopen: whyNotReopen(item, person),
		notNeeded: whyNotNeeded(item, person),
		askRelease: whyNotAskRelease(item, person),
		approveRelease: whyNotApproveRelease(item, person),
		assign: whyNotAssign(item, person),
		comment: whyNot(person, 'comment.add')
	};
	return Object.fromEntries(
		Object.entries(found).map(([verb, key]) => [verb, key && words.t(key)])
	) as Record<Verb, string | null>;
}
