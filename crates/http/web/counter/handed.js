// What a visitor answered at the kiosk, until the desk of their case takes it over.

/** Answers by case code. */
const answers = new Map();

export const keepHanded = (code, given) => { if (given) answers.set(code, given); };

/** Gives them out once. */
export function takeHanded(code) {
  const given = answers.get(code) ?? {};
  answers.delete(code);
  return given;
}
