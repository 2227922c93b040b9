// Buttons that copy commands and requests.

function addCopyButton(element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    button.textContent = (await copy(element)) ? "copied" : "not copied";
    setTimeout(() => (button.textContent = "copy"), 1500);
  });
  element.after(button);
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

function addCopyButtons(root) {
  for (const element of root.querySelectorAll(".copy:not([data-copy])")) {
    element.dataset.copy = "";
    addCopyButton(element);
  }
}
