/**
 * Disks of guests as files of the host: made, and their file systems read and written. The code of
 * the file systems is the guest's own, {@code dev.cortado.runtime.file}, which runs on any JDK.
 */
package dev.cortado.image.disk;
