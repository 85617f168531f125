const chinese = /^\p{Script=Han}/u;

/**
 * Two letters that stand for a name: the first of its first and last word; of a Chinese name its last two characters,
 * which are what colleagues call the person by.
 */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/u).filter(Boolean);
	const first = words[0];
	if (!first) return '?';
	if (words.length === 1 && chinese.test(first)) return [...first].slice(-2).join('');
	return words
		.filter((_, place) => place === 0 || place === words.length - 1)
		.map((word) => [...word][0]!.toLocaleUpperCase())
		.join('');
}
