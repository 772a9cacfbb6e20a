/**
 * What UEFI firmware starts from a disk or as it starts Linux: code that brings the kernel, which
 * is in the same file, to where it belongs, and starts it through PVH as a hypervisor would.
 *
 * <p>{@link dev.cortado.boot.uefi.UefiLoader} has the steps in their order, one class each. Up to
 * the end of the boot services the firmware's functions are called, and whatever goes wrong is said
 * on its console; {@link dev.cortado.boot.uefi.KernelHandover} then has the machine for itself.
 * What the loader writes to is one block of memory below 4 GiB, see {@link
 * dev.cortado.boot.uefi.Workspace}.
 *
 * <p>Sections are those of the UEFI specification 2.10. Names of registers in comments go by what
 * they hold everywhere: rbx = the image's handle, rbp = system table, r12 = boot services, r13 =
 * workspace.
 */
package dev.cortado.boot.uefi;
