import type { TextCitation } from '@anthropic-ai/sdk/resources/messages';
import type { Citation } from 'strapi-plugin-skills-shared/provider';

/** A citation, whatever it cites: a page of the web, a passage of a document, a result that a tool gave. */
export function toCitation(citation: TextCitation): Citation {
  return { ...sourceOf(citation), ...(citation.cited_text ? { quote: citation.cited_text } : {}) };
}

function sourceOf(citation: TextCitation): Citation {
  switch (citation.type) {
    case 'web_search_result_location':
      return { url: citation.url, ...titled(citation.title) };
    case 'search_result_location':
      return {
        ...(URL.canParse(citation.source) ? { url: citation.source } : {}),
        ...titled(citation.title ?? citation.source),
      };
    case 'page_location': {
      const page = `page ${citation.start_page_number}`;
      return { title: citation.document_title ? `${citation.document_title}, ${page}` : page };
    }
    default:
      return titled(citation.document_title);
  }
}

const titled = (title: string | null | undefined): Citation => (title ? { title } : {});
