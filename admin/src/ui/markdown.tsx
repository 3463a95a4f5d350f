import { useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { BlobImage } from './blob-image';
import { MarkdownBody } from './markdown-body';

interface MarkdownProps {
  text: string;
  /** Loads an image that lies beside the text. Without it, and for images of other machines, a link is shown. */
  loadImage?: (path: string) => Promise<Blob>;
}

const isRemote = (url: string) => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url);

/**
 * Markdown of a stranger: raw HTML is not rendered, and no image of another machine is fetched, which would tell that machine
 * who reads here.
 */
export function Markdown({ text, loadImage }: MarkdownProps) {
  const components = useMemo<Components>(
    () => ({
      a: ({ href, children }) =>
        href && isRemote(href) ? (
          <a href={href} target="_blank" rel="noreferrer noopener">
            {children}
          </a>
        ) : (
          <span>{children}</span>
        ),
      img: ({ src, alt }) => {
        if (typeof src !== 'string' || src === '') return <span>{alt}</span>;
        if (isRemote(src) || !loadImage) {
          return (
            <a href={src} target="_blank" rel="noreferrer noopener">
              {alt || src}
            </a>
          );
        }
        return (
          <BlobImage
            load={() => loadImage(decodeURI(src).replace(/^\.\//, ''))}
            loadKey={src}
            alt={alt ?? ''}
          />
        );
      },
    }),
    [loadImage],
  );
  return (
    <MarkdownBody>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components} skipHtml>
        {text}
      </ReactMarkdown>
    </MarkdownBody>
  );
}
