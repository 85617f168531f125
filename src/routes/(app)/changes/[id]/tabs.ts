export const tabNames = ['claims', 'rule', 'asks', 'questions', 'impact', 'talk', 'history'] as const;
export type TabName = (typeof tabNames)[number];

export function tabOf(text: string | null): TabName {
	return tabNames.find((name) => name === text) ?? 'claims';
}
