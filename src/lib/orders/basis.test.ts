import { expect, it } from 'vitest';
import { demoOrder, itemFacts, orderFacts } from '../../../tests/support/demo-facts.ts';
import { pilotRule, placesByKey } from '../../../tests/support/pilot.ts';
import { restsOn } from './basis.ts';
import { judgeOrder } from './judge.ts';

const basis = (number: string) => {
	const demo = demoOrder(number);
	const items = itemFacts(demo, '2026-11-03');
	return restsOn(pilotRule, judgeOrder(pilotRule, orderFacts(demo), items, placesByKey, '2026-11-23'));
};

it('names every claim and assumption behind a figure, and none where there is no figure', () => {
	const shared = ['C01', 'C04', 'C05', 'C07', 'C08', 'C10', 'C11', 'C12', 'C13', 'Q13', 'Q14', 'Q15', 'Q18'];
	expect(basis('DEMO-VN-002').sort()).toEqual(shared);
	expect(basis('DEMO-VN-001').sort()).toEqual([...shared, 'Q11'].sort());
	expect(basis('DEMO-VN-004').sort()).toEqual([...shared, 'C06', 'Q10'].sort());
	expect(basis('DEMO-VN-003')).toEqual([]);
});
