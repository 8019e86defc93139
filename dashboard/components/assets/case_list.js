// The judge's list: native radio buttons, so that arrow keys move and a screen reader counts. It draws what it is given
// and tells which case was chosen. Lines are changed in place, so that the focus stays where it is. Choices are counted:
// an answer to an earlier one than the person's last must not take the mark back.

function add(to, kind, given) {
  return to.appendChild(Object.assign(document.createElement(kind), given));
}

function newLine(list) {
  const line = add(list, "label", {});
  const radio = add(line, "input", { type: "radio", name: "of-case-list" });
  radio.addEventListener("change", () => list.tell({ id: radio.value, turn: ++list.turn }));
  const text = add(line, "span", {});
  const [number, name] = [add(text, "span", {}), add(text, "strong", {})];
  const state = add(text, "span", {});
  const [shape, word] = [add(state, "span", { ariaHidden: "true" }), add(state, "span", {})];
  return { line, radio, number, name, state, shape, word };
}

function show(line, row) {
  line.radio.value = row.id;
  line.number.textContent = `${row.number} `;
  line.name.textContent = `${row.name} `;
  line.state.className = `of-state of-wraps of-${row.tone}`;
  line.shape.textContent = `${row.shape} `;
  line.word.textContent = row.word;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let list = parentElement.querySelector('[role="radiogroup"]');
  if (!list) {
    list = add(parentElement, "div", { role: "radiogroup", ariaLabel: data.label });
    Object.assign(list, { lines: [], turn: data.turn });
  }
  list.tell = (choice) => setTriggerValue("chosen", choice);
  while (list.lines.length < data.rows.length) list.lines.push(newLine(list));
  while (list.lines.length > data.rows.length) list.lines.pop().line.remove();
  data.rows.forEach((row, at) => show(list.lines[at], row));
  if (data.turn < list.turn) return;
  list.lines.forEach(({ radio }) => (radio.checked = radio.value === data.chosen));
}
