/** Takes the bytes of a file that is sent as they are. Galley's own reviews, known by their names, may be larger than others. */
import { raw, type RequestHandler } from 'express';
import { largestFile, largestReview } from '#core/formats/read-bytes.ts';

/** A parser for the bodies whose media type `takes` accepts. */
export function fileBody(
  takes: (type: string | undefined) => boolean = () => true,
): RequestHandler {
  const [usual, review] = [largestFile, largestReview].map((limit) =>
    raw({ type: (req) => takes(req.headers['content-type']), limit }),
  );
  return (req, res, next) => {
    const { name } = req.query;
    const isReview = typeof name === 'string' && /\.json$/i.test(name);
    (isReview ? review : usual)?.(req, res, next);
  };
}
