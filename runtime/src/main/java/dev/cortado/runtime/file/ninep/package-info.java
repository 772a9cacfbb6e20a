/**
 * A folder that a host shares, by 9P2000.L: the protocol's client, and a file system over it. The
 * messages are those of the protocol's description ({@code
 * https://github.com/chaos/diod/blob/master/protocol.md}) and of 9P2000 (intro(5) of Plan 9's
 * manual); numbers of flags and errors are Linux's.
 *
 * <p>What is coherent: nothing of a file is kept here, neither names nor attributes nor bytes, so
 * that each call sees what the host has at that time, and the host what a call has done as soon as
 * it returns. Only these are older: the names of a directory that is being listed, as far as one
 * message has brought them; and the pages of a file that is mapped, as long as it is. Whoever
 * watches a directory hears of what the guest changes, and not of what the host does. Locks are
 * between the guest's own threads.
 *
 * <p>A file that was opened stays open when its name is taken or given to another one, by the guest
 * or by the host. Servers that find attributes by names, as older ones of QEMU do, cannot tell any
 * more what it is like then: its attributes are as they were last, with the size that was written.
 * To change them, or to cut the file, fails with ESTALE then, and also with newer ones if another
 * file has the name by now.
 *
 * <p>If the connection has to begin anew, since a server did not answer, files are found again by
 * the paths that they were opened by, if these still are the same files.
 *
 * <p>Not done: authentication, opening of devices and pipes, and extended attributes without a
 * value, for which the protocol has no message.
 */
package dev.cortado.runtime.file.ninep;
