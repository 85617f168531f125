// The browser for the journeys: the system's, Playwright's own, or one installed now.
import { spawnSync } from 'node:child_process';
import { hasBrowser } from '../tests/support/browser.ts';
import { root, StepFailed } from './install.mjs';

/** Sees to it that there is a Chromium, and fonts that show Chinese. Throws a StepFailed when there can be none. */
export async function ensureBrowser() {
	const apt = process.getuid?.() === 0 && works('apt-get', '--version');
	if (!hasBrowser() && apt) {
		console.log('Installing Chromium, once ...');
		works('apt-get', 'update', '-qq');
		works('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
	}
	if (!hasBrowser()) {
		console.log("Installing Playwright's Chromium, once ...");
		works('node_modules/.bin/playwright', 'install', 'chromium');
	}
	if (!hasBrowser()) {
		throw new StepFailed(
			'The browser tests cannot run: no Chromium was found and none could be installed. Install the package "chromium", or run npx playwright install --with-deps chromium, and try again.'
		);
	}
	// Without them the pages still work, only pictures of Chinese ones show empty boxes.
	if (apt && !showsChinese())
		works('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'fonts-noto-cjk');
}

function showsChinese() {
	return spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '';
}

function works(command, ...args) {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	return spawnSync(command, args, { cwd: root, env, stdio: 'ignore' }).status === 0;
}
