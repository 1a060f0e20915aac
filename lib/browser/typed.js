// Waits until a reader has typed.

const PAUSE = 250

/** Call a function when somebody pauses after typing into a box. */
export function whenTyped(box, act) {
  let timer
  box.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(act, PAUSE)
  })
}
