/** A PC, as QEMU, KVM and Xen's PVH offer it: what stands behind the kernel's interfaces there. */
package dev.cortado.kernel.pc;
