// The board of a round, beside the page's own thread. The engine and the board, whose address is the name of the worker, arrive once; then each question, which is what the round's file calls
// somebody, is answered with how many changes the board had, what it scores, and the lines of `BoardInHand.ways`. Where something did not arrive, the answer is
// what was asked alone.

import init, { BoardInHand } from './matching_in_browser.js';

const ready = arrive();
// Whoever asks is told; until then nobody needs to know.
ready.catch(() => {});

self.onmessage = async ({ data: who }) => {
  let answer = '';
  try {
    const { seen, board } = await ready;
    answer = `\n${seen}\n${board.score()}\n${board.ways(who)}`;
  } catch (error) {
    console.warn('The effect of a move cannot be shown:', error);
  }
  self.postMessage(who + answer);
};

async function arrive() {
  const [response] = await Promise.all([
    fetch(self.name),
    init({ module_or_path: new URL('matching.wasm', self.location.href) }),
  ]);
  if (!response.ok) {
    throw new Error(`the board answered ${response.status}`);
  }
  const { seen, round, groups, names } = await response.json();
  return { seen, board: new BoardInHand(round, groups, names) };
}
