// Photos are made small on the phone before they are kept or sent: a slow line carries 300 KB, not 6 MB. The
// place is taken only when asked for, and nothing depends on it.
const SIDE = 1600;

export async function shrink(name, file) {
  const as = file.name || "photo.jpg";
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
    if (small && small.size < file.size) return { name, file: small, as: as.replace(/\.\w+$/, ".jpg") };
  } catch {
    // Not a picture this browser can read: the server says what is wrong with it.
  }
  return { name, file: new Blob([await file.arrayBuffer()], { type: file.type }), as };
}

function locate(event) {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const form = button.closest("form");
  const note = form.querySelector("[data-located]");
  const say = (name, own) => { note.textContent = button.dataset[own] ?? document.getElementById("outbox")?.dataset[name] ?? ""; };
  if (!navigator.geolocation) { say("nowhere", "failed"); return; }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.lon.value = coords.longitude.toFixed(6);
      form.elements.lat.value = coords.latitude.toFixed(6);
      say("located", "found");
    },
    () => say("nowhere", "failed"),
    { timeout: 15000, maximumAge: 60000 },
  );
}

export function startPhotos() {
  document.addEventListener("click", locate);
}
