/** Letters only Vietnamese has: horned and barred ones, and vowels that carry two marks or a dot or hook. */
const VIETNAMESE = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gi;

/** One stray foreign name does not change the language of a sentence. */
const VIETNAMESE_SHARE = 0.05;

/** A guess for the tag beside an item: `zh-CN`, `vi`, `en`, or null where the letters do not tell. */
export function guessLanguage(text: string): 'zh-CN' | 'vi' | 'en' | null {
	const sample = text.slice(0, 4_000);
	const letters = count(sample, /\p{L}/gu);
	if (letters === 0) return null;
	const han = count(sample, /\p{Script=Han}/gu);
	// A Chinese sentence full of product names still has more meaning in a Han character than in a letter.
	if (han / letters > 0.2 && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(sample)) return 'zh-CN';
	if (count(sample, VIETNAMESE) / letters > VIETNAMESE_SHARE) return 'vi';
	return count(sample, /[a-z]/gi) / letters > 0.9 ? 'en' : null;
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
