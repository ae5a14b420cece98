/** Questions of the dialog to the server, and the file that comes at the end. */
import type { ContentsAnswer, GateRefusal, SendOutAnswer } from '#core/formats/send-out/answers.ts';
import type { AskedCopy } from '#core/formats/send-out/presets.ts';
import type { Gate } from '#core/formats/send-out/gate.ts';
import { ApiError, get } from '#web/pages/api.ts';
import { messages } from '#web/ui/messages.ts';

const base = (articleId: string): string =>
  `/api/articles/${encodeURIComponent(articleId)}/send-out`;

const query = ({ preset, view, format }: AskedCopy): string =>
  new URLSearchParams({ preset, view, format }).toString();

export const fetchSendOut = async (articleId: string): Promise<SendOutAnswer> =>
  (await get(base(articleId))) as SendOutAnswer;

export const fetchContents = async (articleId: string, asked: AskedCopy): Promise<ContentsAnswer> =>
  (await get(`${base(articleId)}/contents?${query(asked)}`)) as ContentsAnswer;

/** The address of the preview. `rev` makes another address of another version. */
export const previewAddress = (articleId: string, asked: AskedCopy, rev: number): string =>
  `${base(articleId)}/preview?${query(asked)}&at=${rev}`;

/** The gate was closed when the copy was asked for. */
export class GateClosed extends ApiError {
  readonly gate: Gate;
  constructor({ code, message, gate }: GateRefusal) {
    super(409, code, message);
    this.gate = gate;
  }
}

/** Has the copy sent and saves it under `name`. */
export async function sendCopy(articleId: string, asked: AskedCopy, name: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(base(articleId), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    });
  } catch {
    throw new ApiError(0, 'UNREACHABLE', messages.signIn.unreachable);
  }
  if (!answer.ok) {
    const body = (await answer.json().catch(() => null)) as Partial<GateRefusal> | null;
    if (body?.gate) throw new GateClosed(body as GateRefusal);
    const message = body?.message ?? messages.signIn.unreachable;
    throw new ApiError(answer.status, body?.code ?? 'INTERNAL', message);
  }
  saveAs(await answer.blob(), name);
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
