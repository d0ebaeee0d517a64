// Erasing takes what this device keeps as well, before the form goes to the server.
import "./outbox.js";
import { eraseCourse, eraseDevice } from "./device.js";

const AT_MOST = 3_000; // a browser that does not answer keeps nobody from erasing the file

for (const form of document.querySelectorAll("form[data-erases]")) {
  form.addEventListener("submit", async (event) => {
    const sure = form.querySelector("[name=sure]");
    if (form.dataset.gone || (sure.type === "checkbox" && !sure.checked)) return;
    event.preventDefault();
    const work = form.dataset.erases === "all" ? eraseDevice() : eraseCourse();
    await Promise.race([work.catch(() => {}), new Promise((done) => { setTimeout(done, AT_MOST); })]);
    form.dataset.gone = "yes";
    form.requestSubmit(event.submitter);
  });
}
