/** Percent as typed (`12,5` too) to the stored decimal text, exactly: `15` -> `0.15`. Null: no share of a value. */
export function rateOf(percent: string): string | null {
	const match = /^(\d{1,3})(?:[.,](\d{1,6}))?\s*%?$/.exec(percent.trim());
	if (!match || Number(`${match[1]}.${match[2] ?? '0'}`) > 100) return null;
	const whole = match[1]!.padStart(3, '0');
	return trimmed(`${Number(whole.slice(0, -2))}.${whole.slice(-2)}${match[2] ?? ''}`);
}

/** `0.15` -> `15`, for showing and for the field. */
export function percentOf(rate: string): string {
	const [whole = '0', fraction = ''] = rate.split('.');
	const digits = fraction.padEnd(2, '0');
	return trimmed(`${Number(whole + digits.slice(0, 2))}.${digits.slice(2)}`);
}

function trimmed(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0*$/, '') : decimal;
}
