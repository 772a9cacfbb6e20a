/**
 * A read-only file system that is part of the image: a tree of objects that is made while the image
 * is built, with files' contents that are read where they are.
 *
 * <p>There is no format of its own, and so nothing to check in the guest: what the tree is made
 * from is checked while it is made.
 */
package dev.cortado.runtime.file.imagefs;
