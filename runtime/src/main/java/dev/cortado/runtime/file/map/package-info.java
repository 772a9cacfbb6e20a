/**
 * Mapped files (POSIX, mmap): a file's pages in frames of memory that all its mappings share.
 *
 * <p>A page gets its frame when a program first touches it, and loses it when memory is wanted for
 * another one. No fault of the processor is involved: a thread that waits for a disk in one could
 * not be looked through by the garbage collector, and what the disk's driver and file system do in
 * Java would not go on until it had been. Instead whoever is about to touch a page looks whether it
 * is within {@link dev.cortado.runtime.file.map.Reach}, and calls {@link
 * dev.cortado.runtime.file.map.MappedSpace#resolve} if not, which is a call like any other. A
 * page's reach is lowered while all threads stand where they are not between that look and their
 * access, so the processor's bits for used and changed pages are not needed either.
 *
 * <p>What is written to a mapping is in its frame, and in the file when it is flushed: when a
 * program forces it, syncs the file, unmaps it or lets the frame go to another page, and every few
 * seconds. Before that a {@link dev.cortado.runtime.file.map.MappedContents} sees to it that
 * whoever reads the file sees it, and what is written to the file is put into its frames as well.
 */
package dev.cortado.runtime.file.map;
