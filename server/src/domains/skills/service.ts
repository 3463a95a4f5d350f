import { createCatalogue } from './catalogue';
import { createSkillChanges } from './changing-skills';
import { createContentEditing } from './content-editing';
import { createSkillCreation } from './creating-skills';
import { createPublishing } from './publishing-skills';
import { createPurging } from './purging-skills';
import { createSkillsRepository } from './repository';
import { createDefinitionSaving } from './saving-definitions';
import type { SkillsContext } from './skills-context';
import type { SkillsService } from './skills-service';

export function createSkillsService(dependencies: Omit<SkillsContext, 'repository'>): SkillsService {
  const context = { ...dependencies, repository: createSkillsRepository(dependencies.database) };
  const catalogue = createCatalogue(context);
  const editing = createContentEditing(context);
  return {
    ...catalogue,
    ...editing,
    ...createSkillCreation(context, editing),
    ...createSkillChanges(context, catalogue),
    ...createDefinitionSaving(context, { ...catalogue, ...editing }),
    ...createPublishing(context),
    ...createPurging(context, catalogue),
  };
}
