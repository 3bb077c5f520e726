/**
 * Node's permission model (`--permission`). It does not restrict native code, so a forbidden access is refused here,
 * before native code is called. On other runtimes, and without the flag, everything is allowed and the system decides.
 */

interface Permission {
  has(scope: string, reference?: string): boolean;
  /** From Node 24 on. */
  drop?: unknown;
}

/** Makes an error like Node's own. */
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
 * Throws an error like Node's own if the process may not read the absolute path `path`, or may not use addons any more.
 * A process that drops that permission keeps the addons it has loaded, but intends to run no further native code.
 */
export function requireLibraryPermission(path: string): void {
  const permission = model();
  if (permission === undefined) return;
  if (!permission.has('fs.read', path)) throw accessDenied('FileSystemRead', path, '--allow-fs-read');
  // Node 20 always returns false for this scope. But a Node that cannot drop the permission has it, as it loaded the
  // addon.
  if (permission.drop !== undefined && !permission.has('addon')) throw accessDenied('Addon', '', '--allow-addons');
}
