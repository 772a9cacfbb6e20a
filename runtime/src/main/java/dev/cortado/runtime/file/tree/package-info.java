/**
 * The tree of all files: file systems mounted one into the other, paths, and the files that are
 * opened by them. Errors, and which of several comes first, are those of Linux (path_resolution(7)
 * and the manual page of each call), since that is what programs were tested on. There is one user,
 * who may do everything, as root may.
 *
 * <p>What each of JDK 25's native methods that have to do with files calls, in package {@code jdk}:
 * {@code tree} is the {@link dev.cortado.runtime.file.tree.FileTree}, {@code table} the {@link
 * dev.cortado.runtime.file.open.OpenFileTable}, {@code file} is {@code table.get(fd)}, {@code base}
 * the file of a directory's descriptor. A FileException becomes the exception that the JDK's C
 * throws, in one place: UnixException with the number for {@code sun.nio.fs}, FileNotFoundException
 * "PATH (MESSAGE)" where {@code java.io} opens, else IOException with the message; a
 * ClosedFileException and EINTR are {@code IOStatus.INTERRUPTED} in {@code sun.nio.ch}.
 *
 * <pre>
 * java.io
 *   FileDescriptor.close0, FileCleanable.cleanupClose0   table.close(fd)
 *   FileDescriptor.sync0                     file.sync(false)
 *   FileDescriptor.getAppend                 as it was opened; getHandle -1
 *   FileInputStream.open0                    tree.open(READ_ONLY), table.add; EISDIR for a directory
 *   FileInputStream.read0, readBytes         file.read, again after EINTR (see OpenFile)
 *   FileInputStream.skip0, position0         file.position, file.seek
 *   FileInputStream.length0, isRegularFile0  file.attributes
 *   FileInputStream.available0               file.available
 *   FileOutputStream.open0                   tree.open(WRITE_ONLY | CREATE | TRUNCATE or APPEND)
 *   FileOutputStream.write, writeBytes       file.write until nothing is left
 *   RandomAccessFile.open0                   tree.open; bits 4 and 8 are SYNC and DATA_SYNC
 *   RandomAccessFile.read0, readBytes0, write0, writeBytes0    as the streams'
 *   RandomAccessFile.getFilePointer, seek0, length0, setLength0
 *                                            file.position, seek, attributes, truncate
 *   UnixFileSystem.getBooleanAttributes0, getLength0, getLastModifiedTime0
 *                                            tree.attributes(null, path, true)
 *   UnixFileSystem.checkAccess0              tree.access
 *   UnixFileSystem.setPermission0, setReadOnly0, setLastModifiedTime0    tree.setAttributes
 *   UnixFileSystem.createFileExclusively0    tree.open(READ_WRITE | CREATE | EXCLUSIVE), close;
 *                                            false for EEXIST
 *   UnixFileSystem.createDirectory0, rename0 tree.makeDirectory, tree.rename
 *   UnixFileSystem.delete0                   tree.unlink, after EISDIR tree.removeDirectory
 *   UnixFileSystem.list0                     tree.open(DIRECTORY), file.nextEntry
 *   UnixFileSystem.canonicalize0             tree.realPath of as much as there is
 *   UnixFileSystem.getSpace0, getNameMax0    tree.statistics
 * java.util.prefs.FileSystemPreferences
 *   lockFile0, unlockFile0, chmod            tree.open, file.lock, table.close, tree.setAttributes
 * sun.nio.fs.UnixNativeDispatcher
 *   open0, openat0                           tree.open(null or base), table.add
 *   close0, dup                              table.close, table.duplicate
 *   read0, write0                            file.read, file.write
 *   rewind, getlinelen                       nothing, and -1: the mounts are no text
 *   stat0, lstat0, fstatat0                  tree.attributes; stat0 returns the errno
 *   fstat0                                   file.attributes
 *   chmod0, fchmodat0, chown0, lchown0, utimensat0    tree.setAttributes
 *   fchmod0, fchown0, futimens0              file.setAttributes
 *   access0                                  tree.access, returns the errno
 *   link0, symlink0, readlink0, mkdir0, rmdir0         tree, the call of that name
 *   unlink0                                  tree.unlink
 *   unlinkat0                                tree.unlink, with AT_REMOVEDIR tree.removeDirectory
 *   rename0, renameat0                       tree.rename
 *   realpath0                                tree.realPath
 *   mknod0                                   EPERM
 *   opendir0, fdopendir, readdir0, closedir  tree.open(DIRECTORY), file.nextEntry, table.close;
 *                                            the number of the file stands for the DIR
 *   statvfs0                                 tree.statistics
 *   fgetxattr0, fsetxattr0, fremovexattr0, flistxattr  file.extendedAttribute and its kin
 *   getcwd                                   "/"
 *   getpwuid and its kin                     as they are; fchmodatNoFollowSupported0 is false
 *   strerror                                 Errno.message(number)
 * sun.nio.fs.LinuxNativeDispatcher
 *   setmntent0, getmntent0, endmntent        tree.mounts
 *   posix_fadvise                            0
 *   directCopy0                              file.read and file.write in turn
 * sun.nio.fs.UnixFileSystem.bufferedCopy0    file.read and file.write in turn
 * sun.nio.fs.LinuxWatchService               none: LinuxFileSystem gives a TreeWatchService over
 *                                            Watcher, tree.watch, tree.unwatch
 * sun.nio.ch.UnixFileDispatcherImpl
 *   read0, readv0, pread0                    file.read, file.readAt; END and UNAVAILABLE are
 *                                            IOStatus's already
 *   write0, writev0, pwrite0                 file.write, file.writeAt
 *   seek0, size0, truncate0, force0          file.seek or position, attributes, truncate, sync
 *   lock0, release0                          file.lock, file.unlock
 *   available0, isOther0                     file.available, file.attributes
 *   closeIntFD                               table.close
 *   map0, unmap0                             file.map, MappedSpace.unmap
 *   setDirect0                               file.transferBytes
 * sun.nio.ch.FileDispatcherImpl
 *   transferFrom0, transferTo0               file.readAt and file.write in turn, and the other way
 * sun.nio.ch.FileKey.init                    file.attributes: device and inode
 * sun.nio.ch.UnixDispatcher
 *   close0, preClose0                        table.close, table.preClose
 * sun.nio.ch.NativeThread.signal0            nothing: preClose0 has woken whoever waits
 * sun.nio.ch.IOUtil
 *   makePipe                                 new Pipe, table.add of both ends
 *   configureBlocking                        file.setBlocking
 *   drain, drain1, write1                    file.read, file.write
 *   read, write                              of a buffer in the heap as well: HeapTransfers
 *   fdLimit                                  table.limit; the others as they are
 * sun.nio.ch.Net.poll                        PollWait.await; pollinValue and so on are PollState's
 * sun.nio.ch.SocketDispatcher                as UnixFileDispatcherImpl, for pipes
 * sun.nio.ch.EPoll, EventFD                  none: EPollSelectorProvider gives a ReadySelector over
 *                                            ReadyList; Poller.poll, for virtual threads, is
 *                                            PollWait.await
 * java.nio.MappedMemoryUtils
 *   isLoaded0, load, unload0, force0         MappedSpace.isLoaded, resolve, unload, force
 * </pre>
 */
package dev.cortado.runtime.file.tree;
