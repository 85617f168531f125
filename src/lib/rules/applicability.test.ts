import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	daNang,
	pilot,
	pilotEffects,
	pilotRule,
	placeOf,
	placesByKey,
	set
} from '../../../tests/support/pilot.ts';
import { judgeLine, verdict } from './applicability.ts';
import { foldRule } from './fold.ts';
import type { Goods, Journey } from './leaf.ts';
import type { Place } from './rule.ts';
import { within, type Truth } from './truth.ts';

const truths = ['true', 'false', 'unknown'] as const;
const combinations = truths.flatMap((a) =>
	truths.flatMap((b) => truths.flatMap((c) => truths.map((d) => [a, b, c, d] as const)))
);

const origins = { true: 'CN', false: 'MY', unknown: null };
const categories = { true: 'pcb', false: 'cable', unknown: 'connector' };
const placesFor = { true: 'VNHPH', false: 'VNDAD', unknown: 'SGN-AIR' };
const board: Goods = { category: 'pcb', notElectronic: false, originCountry: 'CN' };

function going(place: string, country: string | null = 'CN'): Journey {
	return { place: placeOf(place), exporterCountry: country, loadingCountry: country };
}

function leafOf(name: string, goods: Goods, journey: Journey, day: string | null, rule = pilotRule) {
	return judgeLine(rule, goods, journey, placesByKey, day).leaves.find(({ leaf }) => leaf === name)!;
}

describe('a line', () => {
	it.each(combinations)('origin %s, category %s, place %s, date %s', (origin, category, place, date) => {
		const goods = {
			category: categories[category],
			notElectronic: category === 'false',
			originCountry: origins[origin]
		};
		const from = { true: '2026-07-15', false: '2027-01-01', unknown: 'unknown' }[date];
		const measure = set('measure', 'gsc-trace', ['C04'], from);
		const rule = foldRule('gsc-trace', [
			{ id: 1, effects: [measure, ...pilotEffects.slice(1)], playbook: [] }
		]);
		const { applicability, leaves } = judgeLine(
			rule,
			goods,
			going(placesFor[place], origins[origin]),
			placesByKey,
			'2026-12-11'
		);
		const expected: Truth[] = [origin, category, place, date];
		expect(leaves.map(({ truth }) => truth)).toEqual(expected);
		const out = expected.some((truth) => truth === 'false');
		const inScope = expected.every((truth) => truth === 'true');
		expect(applicability).toBe(out ? 'not_in_reported_scope' : inScope ? 'applies' : 'undetermined');
	});

	it('keeps a determinate answer however its unknown leaves are decided', () => {
		const leaf = fc.constantFrom(...truths).map((truth) => ({ truth }));
		const decided = fc.array(fc.constantFrom('true' as const, 'false' as const), {
			minLength: 4,
			maxLength: 4
		});
		fc.assert(
			fc.property(fc.array(leaf, { minLength: 4, maxLength: 4 }), decided, (leaves, answers) => {
				const before = verdict(leaves);
				const after = verdict(
					leaves.map(({ truth }, index) => ({ truth: truth === 'unknown' ? answers[index]! : truth }))
				);
				return before === 'undetermined' || before === after;
			}),
			{ numRuns: 5_000 }
		);
	});
});

describe('the origin', () => {
	const origin = (line: string | null, exporter: string | null, loading: string | null) =>
		leafOf(
			'origin',
			{ ...board, originCountry: line },
			{ place: placeOf('VNHPH'), exporterCountry: exporter, loadingCountry: loading },
			'2026-12-11'
		);

	it('is in when all three countries are named and out when none is', () => {
		expect(origin('CN', 'CN', 'CN').truth).toBe('true');
		expect(origin('MY', 'TH', 'KR').truth).toBe('false');
	});

	it('is unknown when they differ, when one is not recorded, and where the source leaves a country open', () => {
		expect(origin('MY', 'CN', 'CN').because).toBe('leaf.origin.mixed');
		expect(origin('MY', 'MY', null).because).toBe('leaf.origin.missing');
		expect(origin('CN', 'CN', 'HK')).toMatchObject({
			truth: 'unknown',
			because: 'leaf.origin.unclear',
			args: { country: 'HK' },
			cites: ['C08', 'Q12']
		});
	});

	it('counts a country that is clarified from its day on, and keeps it open before', () => {
		const clarified = foldRule('gsc-trace', [
			pilot,
			{
				id: 2,
				effects: [
					{ ...set('origin_unclear', 'HK', ['C40'], '2027-01-01'), op: 'drop' },
					set('origin', 'HK', ['C40'], '2027-01-01')
				],
				playbook: []
			}
		]);
		const journey = { ...going('VNHPH'), loadingCountry: 'HK' };
		const on = (day: string) => judgeLine(clarified, board, journey, placesByKey, day).applicability;
		expect([on('2026-12-31'), on('2027-01-01')]).toEqual(['undetermined', 'applies']);
	});

	it('changes no determinate answer when a country is recorded that was not', () => {
		const codes = ['CN', 'TH', 'MY', 'HK'];
		const first = fc.constantFrom(null, 'unknown', '2026-07-15', '2027-03-01');
		const country = fc.constantFrom('CN', 'TH', 'MY', null);
		fc.assert(
			fc.property(
				fc.tuple(first, first),
				fc.tuple(country, country, country),
				fc.constantFrom('2026-12-11', '2027-03-01', null),
				([china, thailand], [line, exporter, loading], day) => {
					const effects = pilotEffects.filter(({ part }) => part !== 'origin');
					effects.push(set('origin', 'CN', ['C08'], china), set('origin', 'TH', ['C30'], thailand));
					const rule = foldRule('gsc-trace', [{ id: 1, effects, playbook: [] }]);
					const judged = (from: string | null, sold: string | null, loaded: string | null) =>
						judgeLine(
							rule,
							{ ...board, originCountry: from },
							{ place: placeOf('VNHPH'), exporterCountry: sold, loadingCountry: loaded },
							placesByKey,
							day
						).applicability;
					const before = judged(line, exporter, loading);
					if (before === 'undetermined') return;
					for (const code of codes)
						expect(judged(line ?? code, exporter ?? code, loading ?? code)).toBe(before);
				}
			),
			{ numRuns: 3_000 }
		);
	});
});

describe('the category', () => {
	const twelve = pilotEffects.concat(
		['capacitor', 'resistor', 'relay', 'discrete', 'ic', 'display', 'battery', 'crystal', 'cable'].map(
			(code) => set('category', code, ['C30'], '2027-01-01')
		)
	);
	const full = foldRule('gsc-trace', [{ id: 1, effects: twelve, playbook: [] }]);
	const connector = { ...board, category: 'connector' };

	it('is out only from the day on which every slot is named', () => {
		expect(leafOf('category', connector, going('VNHPH'), '2026-12-31', full).truth).toBe('unknown');
		expect(leafOf('category', connector, going('VNHPH'), '2027-01-01', full)).toMatchObject({
			truth: 'false',
			because: 'leaf.category.all_named'
		});
		expect(leafOf('category', connector, going('VNHPH'), null, full).truth).toBe('unknown');
	});

	it('stays undetermined where the source gives no number', () => {
		const uncounted = { ...pilotRule, slots: { count: null, cites: [] } };
		expect(leafOf('category', connector, going('VNHPH'), '2026-12-11', uncounted).because).toBe(
			'leaf.category.uncounted'
		);
	});

	it('says how many are named', () => {
		expect(leafOf('category', connector, going('VNHPH'), '2026-12-11').args).toEqual({
			category: 'connector',
			named: '3',
			count: '12'
		});
	});
});

describe('the place', () => {
	const place = (key: string, rule = pilotRule) => leafOf('place', board, going(key), '2026-12-11', rule);

	it('is in when named, and for its terminals from before the merger', () => {
		for (const key of ['VNSGN', 'VNHPH']) expect(place(key).because).toBe('leaf.place.named');
		for (const key of ['VNCLI', 'VNVIC', 'VNTTD', 'VNHPH-DINHVU', 'VNHPH-LACHHUYEN'])
			expect(place(key)).toMatchObject({ truth: 'true', because: 'leaf.place.terminal' });
	});

	it('is open for what the merger brought in and for the airport', () => {
		for (const key of ['VNTOT', 'VNVUT'])
			expect(place(key)).toMatchObject({ truth: 'unknown', because: 'leaf.place.merged' });
		expect(place('SGN-AIR')).toMatchObject({ truth: 'unknown', because: 'leaf.place.other_kind' });
	});

	it('is out elsewhere', () => {
		for (const key of ['VNDAD', 'VNUIH', 'VNHAN', 'VN-HUUNGHI', 'VN-MONGCAI'])
			expect(place(key)).toMatchObject({ truth: 'false', because: 'leaf.place.elsewhere' });
	});

	it('is in for an airport that is named itself', () => {
		const airport = { id: 2, effects: [set('place', 'SGN-AIR', ['C30'], '2026-07-15')], playbook: [] };
		expect(place('SGN-AIR', foldRule('gsc-trace', [pilot, airport])).truth).toBe('true');
	});

	it('is open for a city of which only a terminal is named', () => {
		const { places: _, ...rest } = pilotRule;
		const only = { ...rest, places: [{ ...pilotRule.places[0]!, value: 'VNCLI' }] };
		expect(place('VNSGN', only)).toMatchObject({ truth: 'unknown', because: 'leaf.place.wider' });
	});

	it('never falls below its city when it is named later on its own', () => {
		const later = { id: 2, effects: [set('place', 'VNCLI', ['C30'], '2027-06-01')], playbook: [] };
		const rule = foldRule('gsc-trace', [pilot, later]);
		expect(judgeLine(rule, board, going('VNCLI'), placesByKey, '2026-12-11').applicability).toBe('applies');
	});

	it('lowers no bound when it is known more exactly', () => {
		const kinds = ['seaport', 'terminal', 'airport', 'inland_depot', 'land_gate', 'city'] as const;
		const window = fc.constantFrom(null, 'unknown', '2026-07-15', '2027-03-01');
		fc.assert(
			fc.property(
				fc.constantFrom(...kinds),
				fc.boolean(),
				window,
				fc.option(window, { nil: undefined }),
				fc.constantFrom('2026-12-11', '2027-03-01', null),
				(kind, merged, from, own, day) => {
					const inner: Place = {
						key: 'inner',
						kind,
						parent: 'VNHPH',
						joinedParentOn: merged ? '2025-07-01' : null
					};
					const effects = pilotEffects.filter(({ part }) => part !== 'place');
					effects.push(set('place', 'VNHPH', ['C05'], from));
					if (own !== undefined) effects.push(set('place', 'inner', ['C30'], own));
					const rule = foldRule('gsc-trace', [{ id: 1, effects, playbook: [] }]);
					const places = new Map([...placesByKey, ['inner', inner]]);
					const at = (place: Place) =>
						judgeLine(rule, board, { ...going('VNHPH'), place }, places, day).applicability;
					const [outer, exact] = [at(placeOf('VNHPH')), at(inner)];
					const rank = { not_in_reported_scope: 0, undetermined: 1, applies: 2 };
					const seaward = !merged && (kind === 'seaport' || kind === 'terminal');
					if (seaward) return rank[exact] >= rank[outer];
					return outer === 'not_in_reported_scope' || exact !== 'not_in_reported_scope';
				}
			),
			{ numRuns: 3_000 }
		);
	});

	it('ends a chain of parents that runs in a circle', () => {
		const ring = new Map<string, Place>([
			['a', { key: 'a', kind: 'terminal', parent: 'b', joinedParentOn: null }],
			['b', { key: 'b', kind: 'terminal', parent: 'a', joinedParentOn: null }]
		]);
		const journey = { ...going('VNHPH'), place: ring.get('a')! };
		expect(judgeLine(pilotRule, board, journey, ring, '2026-12-11').applicability).toBe(
			'not_in_reported_scope'
		);
	});
});

describe('the date', () => {
	const rule = foldRule('gsc-trace', [pilot, daNang]);
	const date = (place: string, day: string | null, of = rule) => leafOf('date', board, going(place), day, of);

	it('lies in the window of the measure and of the place', () => {
		expect(date('VNDAD', '2026-11-30')).toMatchObject({
			truth: 'false',
			because: 'leaf.date.before',
			args: { part: 'place', from: '2026-12-01', day: '2026-11-30' }
		});
		expect(date('VNDAD', '2026-12-01').truth).toBe('true');
		expect(date('VNHPH', '2026-07-14')).toMatchObject({ truth: 'false', args: { part: 'measure' } });
	});

	it('never becomes today when a bound is unknown or no day is known', () => {
		expect(date('VNHPH', null)).toMatchObject({ truth: 'unknown', because: 'leaf.date.no_day' });
		const open = {
			...pilotRule,
			windows: pilotRule.windows.map((window) => ({ ...window, until: 'unknown' as const }))
		};
		expect(date('VNHPH', '2026-12-11', open)).toMatchObject({ truth: 'unknown', because: 'leaf.date.open' });
	});

	it('is over after the last day', () => {
		const drop = { ...set('place', 'VNHPH', ['C30'], '2026-12-01'), op: 'drop' as const };
		const ended = foldRule('gsc-trace', [pilot, { id: 2, effects: [drop], playbook: [] }]);
		expect(date('VNHPH', '2026-12-01', ended)).toMatchObject({
			truth: 'false',
			because: 'leaf.date.after',
			args: { part: 'place', until: '2026-11-30' }
		});
		expect(date('VNHPH', '2026-11-30', ended)).toMatchObject({
			truth: 'true',
			bounds: expect.arrayContaining(['2026-12-01'])
		});
	});
});

describe('a window', () => {
	it('includes both its ends, and an end that is over decides even where the other is unknown', () => {
		const window = { from: '2026-12-01', until: '2026-12-31' };
		const on = ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map((day) => within(window, day));
		expect(on).toEqual(['false', 'true', 'true', 'false']);
		expect(within({ from: 'unknown', until: '2026-12-31' }, '2027-01-01')).toBe('false');
		expect(within({ from: 'unknown', until: null }, '2027-01-01')).toBe('unknown');
		expect(within({ from: null, until: null }, null)).toBe('true');
	});
});
