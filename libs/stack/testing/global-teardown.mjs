/** Ends what global-setup.mjs started, and removes its data; a running stack that was lent is left alone. */
export default async function stopTestStack() {
  await globalThis.stopTestStack?.();
}
