import { type ObjectLiteral, type Repository } from 'typeorm';

/** Inserts a row unless one with an equal key exists, in one statement; returns whether it was inserted. */
export async function insertOnce<Entity extends ObjectLiteral>(
  repository: Repository<Entity>,
  row: Parameters<Repository<Entity>['insert']>[0],
): Promise<boolean> {
  const keys = repository.metadata.primaryColumns.map(({ propertyName }) => propertyName);
  const insertion = repository.createQueryBuilder().insert().values(row).orIgnore().returning(keys);
  const result = await insertion.updateEntity(false).execute();
  const raw: unknown = result.raw;
  return Array.isArray(raw) && raw.length > 0;
}
