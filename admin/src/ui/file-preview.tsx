import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { BlobImage } from './blob-image';
import { contentKind, imageMime, textOf, type ContentKind } from './content-kind';
import { Failed } from './failed';
import { formatBytes } from './format';
import { Loading } from './loading';
import { TextBlock } from './text-block';
import { useT } from './use-t';

const CsvTable = lazy(() => import('./csv-table').then((module) => ({ default: module.CsvTable })));
const Markdown = lazy(() => import('./markdown').then((module) => ({ default: module.Markdown })));

/** Larger files are not fetched for a preview: 5 MiB. */
const previewBytes = 5 * 1024 ** 2;

interface FilePreviewProps {
  name: string;
  mime?: string;
  /** In bytes. */
  size: number;
  digest: string;
  load: () => Promise<Blob>;
}

/** Shows a file by what it is: image, table, JSON, Markdown or text; what cannot be shown is said to be so. */
export function FilePreview({ name, mime, size, digest, load }: FilePreviewProps) {
  const t = useT();
  const { locale } = useIntl();
  const kind = contentKind(name, mime);
  if (size > previewBytes) {
    return (
      <Typography textColor="neutral600">
        {t('preview.too-large', { limit: formatBytes(previewBytes, locale) })}
      </Typography>
    );
  }
  if (kind === 'image') {
    // The stored type may be a download's; the browser needs the image's own.
    const asImage = async () => new Blob([await load()], { type: imageMime(name) });
    return <BlobImage load={asImage} loadKey={digest} alt={name} />;
  }
  return <TextPreview key={digest} name={name} kind={kind} load={load} />;
}

type Loaded = { text: string | undefined } | { error: unknown } | undefined;

function TextPreview({
  name,
  kind,
  load,
}: {
  name: string;
  kind: ContentKind | undefined;
  load: () => Promise<Blob>;
}) {
  const t = useT();
  const [loaded, setLoaded] = useState<Loaded>();
  const [attempt, setAttempt] = useState(0);
  const newestLoad = useRef(load);
  newestLoad.current = load;

  useEffect(() => {
    let left = false;
    const show = (result: Loaded) => {
      if (!left) setLoaded(result);
    };
    newestLoad
      .current()
      .then((blob) => blob.arrayBuffer())
      .then((bytes) => show({ text: textOf(bytes) }))
      .catch((error: unknown) => show({ error }));
    return () => {
      left = true;
    };
  }, [attempt]);

  if (!loaded) return <Loading />;
  if ('error' in loaded) return <Failed error={loaded.error} onRetry={() => setAttempt(attempt + 1)} />;
  if (loaded.text === undefined) return <Typography textColor="neutral600">{t('preview.binary')}</Typography>;
  return (
    <Suspense fallback={<Loading />}>
      <Text name={name} kind={kind} text={loaded.text} />
    </Suspense>
  );
}

function Text({ name, kind, text }: { name: string; kind: ContentKind | undefined; text: string }) {
  if (kind === 'csv') return <CsvTable text={text} label={name} />;
  if (kind === 'markdown') return <Markdown text={text} />;
  return <TextBlock text={kind === 'json' ? indented(text) : text} label={name} />;
}

/** JSON indented for reading; text that is no JSON after all, as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
