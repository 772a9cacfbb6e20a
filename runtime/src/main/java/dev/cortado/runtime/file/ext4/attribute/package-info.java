/**
 * Extended attributes: names and values behind an inode's fields, in a block of their own, which
 * several inodes may share, or, as other programs make them, in inodes of their own (Linux,
 * Documentation/filesystems/ext4/attributes.rst). Who calls has the file system's lock.
 *
 * <p>{@code system.posix_acl_access} and {@code system.posix_acl_default} are given and taken in
 * the form that Linux's system calls have (acl(5), version 2), not in that of the disk. {@code
 * system.data}, the second part of inline data, is no attribute to users.
 */
package dev.cortado.runtime.file.ext4.attribute;
