// Without this script the button stays hidden, and the field is one like any other.
"use strict";
document.querySelectorAll(".secret .show").forEach((button) => {
  const field = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
});
