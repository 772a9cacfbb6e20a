/**
 * An image as boot loaders of Linux take one: a "bzImage" (The Linux Kernel documentation, "The
 * Linux/x86 Boot Protocol", version 2.15). Whatever entry a loader chooses, the image is started
 * through PVH as by a hypervisor.
 *
 * <p>{@link dev.cortado.boot.linux.LinuxLayout} says what is where in the file and in memory.
 * {@link dev.cortado.boot.linux.RealModeEntry} goes to protected mode, {@link
 * dev.cortado.boot.linux.LongModeEntry} comes back to it, and {@link
 * dev.cortado.boot.linux.ProtectedModeEntry} does the rest. To UEFI the file is an application
 * ("The EFI Boot Stub"), with the loader of {@link dev.cortado.boot.uefi}; a RAM disk is not read
 * then.
 */
package dev.cortado.boot.linux;
