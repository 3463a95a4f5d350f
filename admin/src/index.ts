import { Magic } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { permissions } from './http/permissions';
import { messageId } from './ui/use-t';

const translations: Record<string, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import('./translations/en.json'),
  fr: () => import('./translations/fr.json'),
  de: () => import('./translations/de.json'),
};

/** What Strapi's panel loads at once, for everybody: a menu entry and a widget. Pages come when they are opened. */
export default {
  register(app: StrapiApp) {
    app.addMenuLink({
      to: 'plugins/skills',
      icon: Magic,
      intlLabel: { id: messageId('plugin.name'), defaultMessage: 'Skills' },
      permissions: permissions.open,
      position: 4,
      Component: () => import('./app/app').then(({ App }) => ({ default: App })),
    });
    app.widgets.register({
      id: 'statistics',
      pluginId: 'skills',
      icon: Magic,
      title: { id: messageId('widget.title'), defaultMessage: 'Skills' },
      link: {
        label: { id: messageId('widget.link'), defaultMessage: 'Open skills' },
        href: '/plugins/skills',
      },
      permissions: permissions.readRuns,
      component: async () => (await import('./domains/runs/components/statistics-widget')).StatisticsWidget,
    });
    app.registerPlugin({ id: 'skills', name: 'Skills' });
  },

  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        const messages = (await translations[locale]?.())?.default ?? {};
        const data = Object.fromEntries(
          Object.entries(messages).map(([key, text]) => [`skills.${key}`, text]),
        );
        return { data, locale };
      }),
    );
  },
};
