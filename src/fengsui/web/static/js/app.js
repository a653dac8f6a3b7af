// Entry: every page loads this one; each module looks for what it serves and stays silent otherwise.
import { startClocks } from "./clock.js";
import { startDialogs } from "./dialog.js";
import { startDrafts } from "./draft.js";
import { startDrawings } from "./drawings.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startFigures } from "./figure.js";
import { startOutbox } from "./outbox.js";
import { startPlanPage } from "./plan.js";
import { startReview } from "./review.js";
import { startUpload } from "./upload.js";
import { startForms } from "./forms.js";

startClocks();
startDialogs();
startDrafts();
startDrawings();
startKeys();
startLive();
startFigures();
startOutbox();
startPlanPage();
startReview();
startUpload();
startForms();
document.documentElement.dataset.ready = "yes";
