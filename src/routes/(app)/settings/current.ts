import type { FormState } from '#lib/ui/form-state.ts';

/** The record as it is now, where somebody else was first. */
export function currentOf<Row>(state: FormState): Row | undefined {
	return (state.result?.current as Row | null | undefined) ?? undefined;
}

/** The version to save over: once the page has shown what somebody else saved, saving again means to replace that. */
export function versionOf(state: FormState, loaded: number): number {
	return currentOf<{ version: number }>(state)?.version ?? loaded;
}
