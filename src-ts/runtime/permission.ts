/**
 * Node's permission model (`--permission`). Native code is outside of it, so a forbidden access is refused here, before
 * native code is asked. Elsewhere, and without the flag, everything is allowed and the system decides.
 */

interface Permission {
  has(scope: string, reference?: string): boolean;
  /** From Node 24 on. */
  drop?: unknown;
}

/** An error like Node's own. */
function accessDenied(permission: string, resource: string, flag: string): Error {
  const error = new Error(`Access to this API has been restricted. Use ${flag} to manage permissions.`);
  return Object.assign(error, { code: 'ERR_ACCESS_DENIED', permission, resource });
}

function model(): Permission | undefined {
  return (process as { permission?: Permission }).permission;
}

/** True if the process may read `path`, an absolute path. */
export function mayRead(path: string): boolean {
  return model()?.has('fs.read', path) ?? true;
}

/**
 * Throws an error like Node's own when the process may not read `path`, an absolute path, or may not use addons any
 * more: a process that drops that permission keeps the addons it has loaded, but means to run no further native code.
 */
export function requireLibraryPermission(path: string): void {
  const permission = model();
  if (permission === undefined) return;
  if (!permission.has('fs.read', path)) throw accessDenied('FileSystemRead', path, '--allow-fs-read');
  // Node 20 answers false for this scope whatever is allowed, but Node that cannot drop it has loaded an addon already.
  if (permission.drop !== undefined && !permission.has('addon')) throw accessDenied('Addon', '', '--allow-addons');
}
