import { useEffect, useRef, useState } from 'react';
import { styled } from 'styled-components';
import { useT } from './use-t';

const Picture = styled.img`
  display: block;
  max-width: 100%;
  max-height: 60vh;
  object-fit: contain;
  background: repeating-conic-gradient(
      ${({ theme }) => theme.colors.neutral150} 0 25%,
      ${({ theme }) => theme.colors.neutral0} 0 50%
    )
    50% / 1.6rem 1.6rem;
`;

interface BlobImageProps {
  load: () => Promise<Blob>;
  /** Loads again when it changes. */
  loadKey: string;
  alt: string;
}

/** An image that only an authorized request gets. */
export function BlobImage({ load, loadKey, alt }: BlobImageProps) {
  const t = useT();
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState(false);
  const newestLoad = useRef(load);
  newestLoad.current = load;

  useEffect(() => {
    let made: string | undefined;
    let left = false;
    setFailed(false);
    newestLoad
      .current()
      .then((blob) => {
        if (left) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      })
      .catch(() => setFailed(true));
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [loadKey]);

  if (failed) return <span role="alert">{t('preview.image-failed', { name: alt })}</span>;
  return url ? (
    <Picture src={url} alt={alt} onError={() => setFailed(true)} />
  ) : (
    <span>{t('common.loading')}</span>
  );
}
