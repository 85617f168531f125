/** A line of the table; what a figure has none of stays empty. */
export interface Figure {
	name: string;
	product: string;
	limit?: string;
	/** Product to limit. */
	ratio?: number;
	bar?: string;
	over: boolean;
}

export function print(title: string, figures: Figure[]): void {
	const rows = figures.map(({ name, product, limit = '', ratio, bar = '', over }) => [
		...[name, product, limit, ratio === undefined ? '' : `${ratio.toFixed(1)}x`, bar],
		bar === '' ? '' : over ? 'OVER' : 'ok'
	]);
	const table = [['figure', 'product', 'limit', 'ratio', 'bar', ''], ...rows];
	const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
	const line = (row: string[]) =>
		row
			.map((cell, column) => cell.padEnd(widths[column]!))
			.join('  ')
			.trimEnd();
	console.log(`\n${title}\n\n${table.map(line).join('\n')}`);
}
