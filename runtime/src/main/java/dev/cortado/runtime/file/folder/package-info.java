/**
 * A folder that a host shares, as a file system: what does not depend on the protocol by which a
 * server is asked. A {@link Protocol} begins a {@link Session} on a {@link Transport}; a session
 * knows files by {@linkplain Handle handles}, which servers give and take back. All else is here:
 * which files are held and by what, the ways that lead to them, what is done when a server is lost,
 * and how its messages are waited for.
 *
 * <p>What is coherent: nothing of a file is kept here, neither names nor attributes nor bytes, so
 * that each call sees what the host has at that time, and the host what a call has done as soon as
 * it returns. Only these are older: the names of a directory that is being listed, as far as one
 * message has brought them; and the pages of a file that is mapped, as long as it is. Whoever
 * watches a directory hears of what the guest changes, and not of what the host does. Locks are
 * between the guest's own threads.
 *
 * <p>A file that was opened stays open when its name is taken or given to another one, by the guest
 * or by the host. If the connection has to begin anew, since a server did not answer, files are
 * found again by the paths that they were opened by, or by which somebody has found them since, if
 * these still are the same files. So are they where a server knows a file by its name and does not
 * hear of the host's renaming it: nothing is done to what has come in its place.
 *
 * <p>Not done: opening of devices and pipes.
 */
package dev.cortado.runtime.file.folder;
