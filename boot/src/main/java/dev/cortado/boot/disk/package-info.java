/**
 * A disk that a PC boots, by its BIOS or by UEFI: for BIOSes with a boot sector and a loader, which
 * start an image through PVH as a hypervisor would; for UEFI, {@link dev.cortado.boot.uefi} does.
 *
 * <p>{@link dev.cortado.boot.disk.DiskLayout} says what is where on the disk, {@link
 * dev.cortado.boot.disk.LowMemory} what is where in memory meanwhile. {@link
 * dev.cortado.boot.disk.BootSector} reads the loader, and {@link dev.cortado.boot.disk.Loader} does
 * the rest, one class a step. All of it is 16-bit code but for what {@link
 * dev.cortado.boot.disk.ProtectedMode} calls: there, memory beyond 1 MiB can be reached.
 *
 * <p>"EDD" is the BIOS Enhanced Disk Drive specification, version 3.0.
 */
package dev.cortado.boot.disk;
