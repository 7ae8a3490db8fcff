// Takes a lock on a SQLite file, says so, and keeps it until it is killed.
import { DatabaseSync } from 'node:sqlite';

interface Input {
  readonly database: string;
  readonly statements: readonly string[];
}

const { database, statements }: Input = JSON.parse(process.argv[2] ?? '');
const connection = new DatabaseSync(database, { timeout: 5000 });
for (const statement of statements) connection.exec(statement);
console.log('held');
setInterval(() => connection.isOpen, 60_000);
