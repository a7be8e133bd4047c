// A page for people: asks for the newest messages once a second and puts each on the phone of its recipient.
const everyMs = 1000;
const mostPhones = 24;
const ticks = { accepted: "…", sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!" };

const phones = document.getElementById("phones");
const state = document.getElementById("state");
const search = document.getElementById("search");
const hold = document.getElementById("hold");
const shape = document.getElementById("phone");
let shown = "";

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

function bubbleOf(message) {
  const bubble = element("div", "bubble");
  if (message.header) bubble.append(element("strong", "", message.header));
  bubble.append(element("span", "", message.body));
  if (message.footer) bubble.append(element("small", "", message.footer));
  const status = element("small", "status", `${new Date(message.atMs).toLocaleTimeString()} ${ticks[message.status]} ${message.status}`);
  status.dataset.status = message.status;
  bubble.append(status);
  if (message.buttons.length > 0) {
    const buttons = element("ul");
    for (const text of message.buttons) buttons.append(element("li", "", text));
    bubble.append(buttons);
  }
  return bubble;
}

function phoneOf([recipient, messages]) {
  const phone = shape.content.cloneNode(true);
  phone.querySelector(".recipient").textContent = recipient;
  phone.querySelector(".from").textContent = `chat with ${messages[0].from}`;
  const chat = phone.querySelector(".chat");
  chat.tabIndex = 0;
  chat.setAttribute("role", "log");
  chat.setAttribute("aria-label", `Messages of ${recipient}`);
  for (const message of messages.toReversed()) {
    chat.append(bubbleOf(message));
    if (message.reply) chat.append(element("div", "bubble own", message.reply));
  }
  return phone;
}

function show(messages) {
  const digits = search.value.replaceAll(/\D/g, "");
  const wanted = messages.filter(({ recipient }) => recipient.replaceAll(/\D/g, "").includes(digits));
  const byRecipient = [...Map.groupBy(wanted, ({ recipient }) => recipient)].slice(0, mostPhones);
  state.textContent =
    byRecipient.length > 0
      ? `${byRecipient.length} phones, the newest message first.`
      : digits
        ? "None of the newest messages went to such a number."
        : "No message yet. Send a campaign, and its phones appear here.";
  phones.replaceChildren(...byRecipient.map(phoneOf));
  for (const chat of phones.querySelectorAll(".chat")) chat.scrollTop = chat.scrollHeight;
}

async function look() {
  try {
    const answer = await fetch("/_phones/messages", { cache: "no-store" });
    const text = await answer.text();
    const now = `${search.value}\n${text}`;
    // nothing is drawn again, and no focus lost, while nothing changed
    if (now !== shown) show(JSON.parse(text).messages);
    shown = now;
  } catch {
    state.textContent = "The simulator does not answer; asking again.";
    shown = "";
  }
}

hold.addEventListener("click", () => {
  const isHeld = hold.getAttribute("aria-pressed") !== "true";
  hold.setAttribute("aria-pressed", String(isHeld));
  hold.textContent = isHeld ? "Go on" : "Hold still";
});
search.addEventListener("input", () => void look());
setInterval(() => {
  if (hold.getAttribute("aria-pressed") !== "true") void look();
}, everyMs);
void look();
